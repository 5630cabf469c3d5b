// What a host address says of who can reach a port.

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

/** Every interface of the host. An engine that does not say publishes on all. */
export const isAny = (address: string): boolean =>
	address === '0.0.0.0' || address === '::' || address === '';

const isSix = (address: string): boolean => address.includes(':');

/** A port cannot be taken on both. Who listens on `::` usually has the addresses of IPv4, too. */
export const overlap = (one: string, other: string): boolean => {
	if (one === '' || other === '' || one === '::' || other === '::') return true;
	if (isSix(one) !== isSix(other)) return false;
	return isAny(one) || isAny(other) || one === other;
};

/** As it stands in an address with a port behind it. */
export const bracketed = (address: string): string => (isSix(address) ? `[${address}]` : address);
