// Colours although the output is no terminal, and one time zone, whatever the environment says. To be imported before the
// program.
process.env.FORCE_COLOR = '3';
process.env.TZ = 'UTC';
