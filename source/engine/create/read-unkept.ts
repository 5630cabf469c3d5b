// What an existing container has that no wish can say: it would be lost if the container were made anew.
import { type Json, number, record, text } from '../json.ts';

const flags: Readonly<Record<string, string>> = {
	DeviceRequests: '--gpus',
	BlkioWeightDevice: '--blkio-weight-device',
	BlkioDeviceReadBps: '--device-read-bps',
	BlkioDeviceReadIOps: '--device-read-iops',
	BlkioDeviceWriteBps: '--device-write-bps',
	BlkioDeviceWriteIOps: '--device-write-iops',
};

/** The docker flags for it. */
export const unkeptFlags = (container: Json): string[] => {
	const host = record(container.HostConfig);
	const lists = Object.entries(flags).filter(([key]) => {
		const value = host[key];
		return Array.isArray(value) && value.length > 0;
	});
	const isolation = text(host.Isolation);
	return [
		...lists.map(([, flag]) => flag),
		...(Object.keys(record(host.Annotations)).length > 0 ? ['--annotation'] : []),
		...(isolation !== '' && isolation !== 'default' ? ['--isolation'] : []),
		...(number(host.CpuRealtimePeriod) > 0 ? ['--cpu-rt-period'] : []),
		...(number(host.CpuRealtimeRuntime) > 0 ? ['--cpu-rt-runtime'] : []),
	];
};
