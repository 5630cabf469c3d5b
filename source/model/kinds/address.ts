// What a host address says of who can reach a port.

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

/** Every interface of the host. An engine that does not say publishes on all. */
export const isAny = (address: string): boolean =>
	address === '0.0.0.0' || address === '::' || address === '';
