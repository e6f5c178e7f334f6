#include "CSimdJSON.h"

#include <new>
#include <simdjson.h>

struct driftline_json {
    simdjson::dom::parser parser;
    size_t depth;
};

driftline_json *driftline_json_create(size_t depth) {
    auto *made = new (std::nothrow) driftline_json;
    if (made) made->depth = depth;
    return made;
}

void driftline_json_destroy(driftline_json *json) { delete json; }

int driftline_json_parse(driftline_json *json, const uint8_t *bytes, size_t length) {
    auto &parser = json->parser;
    // Room by powers of two, or lines of growing length would allocate once each.
    if (parser.capacity() < length || parser.capacity() == 0) {
        size_t capacity = 4096;
        while (capacity < length) capacity *= 2;
        // simdjson counts one level more than the containers it lets through.
        if (auto error = parser.allocate(capacity, json->depth + 1)) return error;
        if (auto error = parser.doc.allocate(capacity)) return error;
    }
    return parser.parse(bytes, length, true).error();
}

driftline_json_view driftline_json_tape(driftline_json *json) {
    auto &document = json->parser.doc;
    // The first word is the root: it holds the number of words.
    size_t words = document.tape ? size_t(document.tape[0] & simdjson::internal::JSON_VALUE_MASK) : 0;
    size_t capacity = 5 * document.capacity() / 3 + simdjson::SIMDJSON_PADDING;
    return {document.tape.get(), words, document.string_buf.get(), capacity};
}
