#include <zlib.h>

// zlib's initialisers are macros that Swift cannot see. 15 + 16: the largest window, gzip framing only.
static inline int driftline_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

static inline int driftline_deflate_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
