// Which engine the demo says it is.

export const apiMinor = 47;
export const minimumApiMinor = 24;
export const engineVersion = '28.5.1-demo';

export const serverHeaders = {
	'Api-Version': `1.${apiMinor}`,
	'Docker-Experimental': 'false',
	Ostype: 'linux',
	Server: `Docker/${engineVersion} (linux)`,
};

const engineDetails = {
	ApiVersion: `1.${apiMinor}`,
	Arch: 'amd64',
	BuildTime: '2025-10-08T12:17:26.000000000+00:00',
	Experimental: 'false',
	GitCommit: 'f8215cc',
	GoVersion: 'go1.24.8',
	KernelVersion: '6.8.0-demo',
	MinAPIVersion: `1.${minimumApiMinor}`,
	Os: 'linux',
};

const { Experimental: _experimental, ...flat } = engineDetails;

export const versionAnswer = {
	Platform: { Name: 'Portside demo engine' },
	Components: [
		{ Name: 'Engine', Version: engineVersion, Details: engineDetails },
		{
			Name: 'containerd',
			Version: '1.7.28',
			Details: { GitCommit: 'b98a3aace656320842a23f4a392a33f46af97866' },
		},
		{ Name: 'runc', Version: '1.3.0', Details: { GitCommit: 'v1.3.0-0-g4ca628d1' } },
		{ Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: 'de40ad0' } },
	],
	Version: engineVersion,
	...flat,
};
