// What log lines of many programs say: their level, and their message where they are fields.
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../source/model/log/body.ts';
import { readLine } from '../../source/model/log/line.ts';
import { leftOut } from '../../source/model/log/text.ts';

const read = (text: string) => readLine({ source: 'stdout', text, stamp: '2026-11-20T20:05:57.035102310Z' });

describe('the level', () => {
	it.each([
		// JSON
		['{"level":"error","msg":"연결 실패"}', 'error'],
		['{"severity":"WARNING","message":"slow"}', 'warning'],
		['{"lvl":"dbug","msg":"x"}', 'debug'],
		[
			'{"name":"app","hostname":"h","pid":1,"level":50,"msg":"broken","time":"2026-11-21T06:00:00Z","v":0}',
			'error',
		],
		['{"level":30,"time":1700000000000,"msg":"listening"}', 'info'],
		['{"level":10,"msg":"deep"}', 'debug'],
		['{"log":{"level":"warn"},"message":"ecs"}', 'warning'],
		['{"@t":"2026-11-21","@mt":"Hello {Name}","@l":"Fatal"}', 'error'],
		['{"level":"info","msg":"error count is 0"}', 'info'],
		['{"error":"connection refused","host":"db"}', 'error'],
		['{"a":1}', undefined],
		['{"level": broken', undefined],
		// logfmt
		['time="2026-11-21T06:00:00Z" level=warning msg="disk is nearly full" path=/data', 'warning'],
		['ts=2026-11-21T06:00:00Z caller=main.go:1 level=error err="no such host"', 'error'],
		['level=info msg="an error: was handled"', 'info'],
		// klog
		['E1121 06:00:00.123456       1 server.go:42] failed to start', 'error'],
		['W1121 06:00:00.123456       1 reflector.go:324] watch ended', 'warning'],
		['I1121 06:00:00.123456       1 main.go:1] error in the name only', 'info'],
		// brackets
		['[ERROR] out of memory', 'error'],
		['[error] lower case', 'error'],
		['[2026-11-21 06:00:00,000] [WARN] slow', 'warning'],
		['[2026-11-21T06:00:00Z INFO  server] ready', 'info'],
		['2026/11/21 06:00:00 [error] 31#31: *1 open() "/x" failed (2: No such file or directory)', 'error'],
		['2026/11/21 06:00:00 [notice] 1#1: start worker processes', 'info'],
		['[Sat Nov 21 06:00:00.000000 2026] [core:error] [pid 7:tid 9] AH00126: Invalid URI', 'error'],
		['[Sat Nov 21 06:00:00.000000 2026] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache configured', 'info'],
		['[1:M 21 Nov] (WARN) text', 'warning'],
		// words
		['WARN  deprecated', 'warning'],
		['error: cannot find module', 'error'],
		['Error: listen EADDRINUSE', 'error'],
		['warning: unused variable', 'warning'],
		['ERROR:root:Something failed', 'error'],
		['DEBUG:urllib3.connectionpool:Starting new connection', 'debug'],
		['2026-11-21 06:00:00,123 - app - ERROR - failed', 'error'],
		['2026-11-21 06:00:00.123  INFO 1 --- [main] o.s.b.w.Server : started', 'info'],
		['06:00:00.123 [main] WARN  com.example.App - slow', 'warning'],
		['2026-11-21T06:00:00Z TRACE tick', 'debug'],
		['Nov 21, 2026 6:00:00 AM java.util.logging.LogManager log\tSEVERE: broken', 'error'],
		['npm ERR! code ELIFECYCLE', 'error'],
		['fatal: not a git repository', 'error'],
		['panic: runtime error: index out of range', 'error'],
		// databases
		['2026-11-21 06:00:00.000 UTC [34] FATAL:  password authentication failed', 'error'],
		['2026-11-21 06:00:00.000 UTC [1] LOG:  database system is ready', 'info'],
		['2026-11-21 06:00:00.000 UTC [34] STATEMENT:  select error from t', 'info'],
		[
			'2026-11-21T06:00:00.000000Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.',
			'warning',
		],
		['2026-11-21T06:00:00.000000Z 0 [ERROR] [MY-010119] [Server] Aborting', 'error'],
		// exceptions
		['Traceback (most recent call last):', 'error'],
		['java.lang.NullPointerException: x', 'error'],
		['TypeError: undefined is not a function', 'error'],
		['Exception in thread "main" java.lang.IllegalStateException', 'error'],
		// requests
		['10.0.0.1 - - [21/Nov/2026:06:00:00 +0000] "GET /x HTTP/1.1" 502 157 "-" "curl/8"', 'error'],
		['10.0.0.1 - - [21/Nov/2026:06:00:00 +0000] "GET /error HTTP/1.1" 404 153 "-" "curl/8"', undefined],
		['10.0.0.1 - - [21/Nov/2026:06:00:00 +0000] "GET /warn HTTP/1.1" 200 612 "-" "ERROR"', undefined],
		// Korean
		['[오류] 연결할 수 없습니다', undefined],
		['info: 1%\rERROR: it broke', 'error'],
		['ERROR: 1%\rall is well', undefined],
		['[ERROR] 데이터베이스에 연결할 수 없습니다', 'error'],
		['2026-11-21 06:00:00 WARN 디스크가 거의 찼습니다', 'warning'],
		// with colours
		['\x1b[31mERROR\x1b[0m painted', 'error'],
		['\x1b[33m[WARN]\x1b[39m painted', 'warning'],
		// none
		['', undefined],
		['hello world', undefined],
		['no errors were found', undefined],
		['0 errors, 0 warnings', undefined],
		['listening on :8080', undefined],
		['the error page was shown to 3 users', undefined],
		['INSERT INTO log VALUES (1)', undefined],
		['GET /error 200', undefined],
		['info', undefined],
		['64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.1 ms', undefined],
		['note: see the manual', undefined],
		['log: rotated', undefined],
	] as const)('of %j is %s', (text, level) => {
		expect(read(text).level).toBe(level);
	});
});

describe('the message', () => {
	it.each([
		['{"level":"error","time":"x","msg":"연결 실패","host":"db","port":5432}', '연결 실패 host=db port=5432'],
		[
			'{"message":"two words","user":{"id":7},"text":"with space"}',
			'two words user={"id":7} text="with space"',
		],
		['{"level":30,"time":1,"pid":7,"hostname":"h","v":0,"msg":"pino"}', 'pino'],
		['{"level":"info","count":3}', 'count=3'],
		['{"a":1}', '{"a":1}'],
		[
			'{"msg":"m","trace_id":12345678901234567890,"f":1.0,"big":1e400,"small":0.10,"zero":-0,"n":42}',
			'm trace_id=12345678901234567890 f=1.0 big=1e400 small=0.10 zero=-0 n=42',
		],
		[
			'{"msg":"id: 1.0, \\", 2.0","deep":{"list":[1.50, 2,3.00 ],"text":"1.0"}}',
			'id: 1.0, ", 2.0 deep={"list":[1.50,2,3.00],"text":"1.0"}',
		],
		['{"level":"info","msg":1.0,"error":2.0}', 'msg=1.0 error=2.0'],
		['{"msg":"bad","n":01.0}', '{"msg":"bad","n":01.0}'],
		['{"msg":"\\u001b[31mred\\u0007"}', 'red'],
		['  {"msg":"indented"}  ', 'indented'],
		['time=x level=info msg="said \\"so\\"" path=/data', 'said "so" path=/data'],
		['\x1b[1mbold\x1b[0m text', 'bold text'],
		['plain\ttext', 'plain   text'],
		['\tan\t\x1b[1m한글\x1b[0m\tend', '        an      한글    end'],
		['12345678\tx', '12345678        x'],
		['flag 🇰🇷', 'flag KR'],
		['Downloading 10%\rDownloading 20%', 'Downloading 20%'],
		['Downloading 10%\r\x1b[K\x1b[32mDone\x1b[0m\r\x1b[K', 'Done'],
		['100%\r      \r', '100%'],
		['\r', ''],
		['before \x1b]0;title and the rest', 'before 0;title and the rest'],
	])('of %j is %j', (text, message) => {
		expect(read(text).message).toBe(message);
	});

	it('is read once of a line, and not at all of one that is far too long', () => {
		const line = { source: 'stdout', text: '{"msg":"x"}', stamp: '' } as const;
		expect(readLine(line)).toBe(readLine(line));
		const long = read(`{"level":"error","msg":"${'x'.repeat(1 << 20)}"}`);
		expect(long.isJson).toBe(false);
	});

	it('of a line that was cut ends with what we say of it, which is dim', () => {
		const kept = 'x'.repeat(1 << 20);
		const dimmed = (text: string) => {
			const body = bodyOf({ source: 'stdout', text, stamp: '' }, true);
			return body.text.slice(body.dimFrom);
		};
		expect(dimmed(`${kept}${leftOut(3_800_000)}`)).toBe(' … 3.8 MB of this line are left out');
		expect([dimmed(kept), dimmed(leftOut(1))]).toEqual(['', '']);
	});

	it('is read of fifty thousand lines in a moment', () => {
		const lines = Array.from({ length: 50_000 }, (_, index) => ({
			source: 'stdout' as const,
			text:
				index % 3
					? `2026-11-21 06:00:00,123 request ${index} took 3 ms for user ${index * 7}`
					: `{"level":"info","msg":"m ${index}"}`,
			stamp: '',
		}));
		const start = performance.now();
		for (const line of lines) readLine(line);
		expect(performance.now() - start).toBeLessThan(2000);
	});
});
