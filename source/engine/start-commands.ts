// The commands that start an engine, let a person use it, or show its log, by kind of engine and platform.
import type { Endpoint } from '../model/connection.ts';

const isPodman = ({ source, host }: Endpoint): boolean => /podman/i.test(source + host);

export function howToStart(endpoint: Endpoint, platform: string): string {
	if (isPodman(endpoint)) {
		if (platform !== 'linux') return 'Start Podman: podman machine start';
		const isOfUser = !endpoint.host.startsWith('unix:///run/podman/');
		return `Start Podman: ${isOfUser ? 'systemctl --user start podman.socket' : 'sudo systemctl start podman.socket'}`;
	}
	if (/colima/i.test(endpoint.source + endpoint.host)) return 'Start Colima: colima start';
	if (/orbstack/i.test(endpoint.source + endpoint.host)) return 'Start OrbStack: orb start';
	if (platform === 'darwin') return 'Start Docker Desktop: open -a Docker';
	if (platform === 'win32') return 'Start Docker Desktop from the Start menu.';
	if (/desktop/i.test(endpoint.source + endpoint.host))
		return 'Start Docker Desktop: systemctl --user start docker-desktop';
	if (/rootless|\/run\/user\//.test(endpoint.source + endpoint.host))
		return 'Start Docker: systemctl --user start docker';
	return 'Start Docker: sudo systemctl start docker';
}

export const restartCommand = (endpoint: Endpoint, platform: string): string =>
	howToStart(endpoint, platform)
		.replace(/^[^:]*: /, '')
		.replace(/ start( |$)/, ' restart$1');

export function whoMay(endpoint: Endpoint, path: string, platform: string): string {
	if (platform === 'win32') return 'Add yourself to the group docker-users, then log in again.';
	if (platform === 'darwin' || isPodman(endpoint))
		return `You may not use ${path}: see who may with: ls -l ${path}`;
	return 'Add yourself to its group: sudo usermod -aG docker $USER, then log in again.';
}

export const howToSeeLog = (platform: string): string =>
	platform === 'linux' ? 'sudo journalctl -u docker -n 50' : 'Docker Desktop → Troubleshoot';
