// The volumes and mounts of an existing container as flags. What nobody named is kept by the name the engine gave it.
import { type Json, record, records, text } from '../json.ts';
import { csvField } from './values.ts';

type Volumes = { readonly volumes: string[]; readonly mounts: string[] };

export const mountsOf = (container: Json): Volumes => {
	const config = record(container.Config);
	const host = record(container.HostConfig);
	const binds = Array.isArray(host.Binds) ? host.Binds.map(text) : [];
	const bound = new Set(binds.map((bind) => bind.split(':')[1] ?? ''));
	const wanted = records(host.Mounts);
	const made = records(container.Mounts).filter(({ Type }) => Type === 'volume');
	const nameAt = (target: string): string =>
		text(made.find(({ Destination }) => text(Destination) === target)?.Name);
	const claimed = new Set([...bound, ...wanted.map(({ Target }) => text(Target))]);
	const anonymous = made
		.filter(({ Destination }) => !claimed.has(text(Destination)))
		.map(({ Name, Destination, RW }) => `${text(Name)}:${text(Destination)}${RW === false ? ':ro' : ''}`);
	// One that never had a volume: it was not created yet, or somebody else's engine does not tell.
	const rest = Object.keys(record(config.Volumes)).filter(
		(path) => !claimed.has(path) && nameAt(path) === '' && made.length === 0,
	);
	return {
		volumes: [...binds, ...anonymous, ...rest],
		mounts: wanted.map((mount) => mountText(mount, nameAt(text(mount.Target)))),
	};
};

const mountText = (mount: Json, name: string): string => {
	const type = text(mount.Type);
	const source = text(mount.Source) || (type === 'volume' ? name : '');
	const bind = record(mount.BindOptions);
	const volume = record(mount.VolumeOptions);
	const driver = record(volume.DriverConfig);
	const tmpfs = record(mount.TmpfsOptions);
	const pairs = (key: string, map: unknown): string[] =>
		Object.entries(record(map)).map(([one, value]) => `${key}=${one}=${text(value)}`);
	const fields = [
		`type=${type}`,
		...(source ? [`source=${source}`] : []),
		`target=${text(mount.Target)}`,
		...(mount.ReadOnly === true ? ['readonly'] : []),
		...(text(mount.Consistency) ? [`consistency=${text(mount.Consistency)}`] : []),
		...(text(bind.Propagation) ? [`bind-propagation=${text(bind.Propagation)}`] : []),
		...(bind.NonRecursive === true ? ['bind-nonrecursive'] : []),
		...(volume.NoCopy === true ? ['volume-nocopy'] : []),
		...pairs('volume-label', volume.Labels),
		...(text(driver.Name) ? [`volume-driver=${text(driver.Name)}`] : []),
		...pairs('volume-opt', driver.Options),
		...(typeof tmpfs.SizeBytes === 'number' && tmpfs.SizeBytes > 0 ? [`tmpfs-size=${tmpfs.SizeBytes}`] : []),
		...(typeof tmpfs.Mode === 'number' && tmpfs.Mode > 0 ? [`tmpfs-mode=${tmpfs.Mode.toString(8)}`] : []),
	];
	return fields.map(csvField).join(',');
};
