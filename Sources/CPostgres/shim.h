// The whole of libpq that Driftline uses. Only the target `Postgres` may import this module.
#include <libpq-fe.h>
