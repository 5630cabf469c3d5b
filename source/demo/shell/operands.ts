// Telling the options of a command from what it works on.

import { resolvePath } from '../files.ts';
import type { Shell } from './shell.ts';

export const optionsOf = (args: string[]): string => args.filter((arg) => /^-[a-zA-Z]/.test(arg)).join('');
export const operandsOf = (args: string[]): string[] => args.filter((arg) => !/^-[a-zA-Z-]/.test(arg));
export const at = (shell: Shell, path: string): string => resolvePath(shell.directory, path);
