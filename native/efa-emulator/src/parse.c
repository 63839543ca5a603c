#include "parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool emu_parse_u64(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
    char *end;
    if (!isdigit((unsigned char)text[0]))
        return false;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || *end || value < least || value > most)
        return false;
    *out = value;
    return true;
}

/* strtod() would also take hexadecimal, infinities and the locale's decimal mark. */
static bool parse_decimal(const char *text, const char **rest, double *out)
{
    double value = 0, scale = 1;
    const char *p = text;
    if (!isdigit((unsigned char)*p))
        return false;
    for (; isdigit((unsigned char)*p); p++)
        value = value * 10 + (*p - '0');
    if (*p == '.') {
        for (p++; isdigit((unsigned char)*p); p++) {
            scale /= 10;
            value += (*p - '0') * scale;
        }
    }
    *rest = p;
    *out = value;
    return true;
}

bool emu_parse_rate(const char *text, double *out)
{
    const char *rest;
    double value;
    if (!parse_decimal(text, &rest, &value))
        return false;
    if (!strcmp(rest, "%"))
        value /= 100;
    else if (*rest)
        return false;
    if (value > 1)
        return false;
    *out = value;
    return true;
}

bool emu_parse_duration(const char *text, uint64_t most_ns, uint64_t *out_ns)
{
    static const struct {
        const char *unit;
        double ns;
    } units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
    const char *rest;
    double value;
    if (!parse_decimal(text, &rest, &value))
        return false;
    for (unsigned i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(rest, units[i].unit))
            continue;
        value *= units[i].ns;
        if (value > (double)most_ns)
            return false;
        *out_ns = (uint64_t)value;
        return true;
    }
    return false;
}
