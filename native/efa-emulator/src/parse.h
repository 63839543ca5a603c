/* Small parsers for values of environment variables; each returns false on anything but a whole legal value. */
#ifndef EMU_PARSE_H
#define EMU_PARSE_H

#include <stdbool.h>
#include <stdint.h>

bool emu_parse_u64(const char *text, uint64_t least, uint64_t most, uint64_t *out);
/* "0.05" or "5%", from 0 to 1 */
bool emu_parse_rate(const char *text, double *out);
/* a number and one of ns, us, ms, s */
bool emu_parse_duration(const char *text, uint64_t most_ns, uint64_t *out_ns);

#endif
