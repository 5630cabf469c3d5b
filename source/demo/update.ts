// `docker update`: memory, processors and the restart policy of a container.

import { announce } from './announce.ts';
import { bodyJson, type Call, ok, part } from './call.ts';
import { findContainer, type HostConfig } from './container.ts';
import { refuse } from './refusal.ts';

const changeable = [
	'Memory',
	'MemorySwap',
	'MemoryReservation',
	'NanoCpus',
	'CpuShares',
	'CpuPeriod',
	'CpuQuota',
	'CpusetCpus',
	'PidsLimit',
	'BlkioWeight',
];
const policies = ['no', 'always', 'unless-stopped', 'on-failure'];

export const updateContainer = async (call: Call) => {
	const container = findContainer(call.world, part(call, 'id'));
	const body = await bodyJson<HostConfig>(call);
	const { Memory: memory = 0, MemorySwap: swap = 0 } = body as { Memory?: number; MemorySwap?: number };
	const limit = (swap || Number(container.hostConfig.MemorySwap ?? 0)) as number;
	if (memory > 0 && memory < 6 << 20) refuse(400, 'Minimum memory limit allowed is 6MB');
	if (memory > 0 && limit > 0 && memory > limit)
		refuse(
			409,
			`Cannot update container ${container.id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`,
		);
	const policy = body.RestartPolicy;
	if (policy?.Name && !policies.includes(policy.Name))
		refuse(
			400,
			`invalid restart policy: unknown policy '${policy.Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
		);
	if (policy?.Name && container.hostConfig.AutoRemove)
		refuse(400, 'Restart policy cannot be updated because AutoRemove is enabled for the container');
	for (const field of changeable) if (body[field]) container.hostConfig[field] = body[field];
	if (policy?.Name)
		container.hostConfig.RestartPolicy = {
			Name: policy.Name,
			MaximumRetryCount: policy.MaximumRetryCount ?? 0,
		};
	announce(call.world, container, 'update');
	return ok({ Warnings: [] });
};
