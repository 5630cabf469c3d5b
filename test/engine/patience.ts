// How long a test waits for a state that comes at once unless the machine is very busy.

export const patience = { timeout: 10_000, interval: 10 };
