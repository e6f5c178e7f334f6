// simdjson behind four C functions: a parser, its tape and its strings.
#ifndef DRIFTLINE_SIMDJSON_H
#define DRIFTLINE_SIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct driftline_json driftline_json;

// What the last parse left behind; valid until the next parse and while the parser lives. The tape may be written to.
typedef struct {
    uint64_t *tape;
    size_t tape_words;
    const uint8_t *strings;
    size_t strings_capacity;
} driftline_json_view;

// A parser that allows this many containers inside one another, or NULL without memory.
driftline_json *driftline_json_create(size_t depth);

void driftline_json_destroy(driftline_json *parser);

// Parses a copy of the bytes, so that they need no padding. Returns simdjson's error code, 0 for success.
int driftline_json_parse(driftline_json *parser, const uint8_t *bytes, size_t length);

driftline_json_view driftline_json_tape(driftline_json *parser);

#ifdef __cplusplus
}
#endif

#endif
