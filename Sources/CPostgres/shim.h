// The whole of libpq that Driftline uses, and the settings of malloc. Only the target `Postgres` may import this module.
#include <malloc.h>
#include <libpq-fe.h>
