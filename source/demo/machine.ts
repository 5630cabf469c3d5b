// The machine the demo pretends to run on.

export const processors = 4;
export const memoryTotal = 16 * 1024 ** 3;
