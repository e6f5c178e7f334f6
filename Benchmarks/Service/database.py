"""The service's own PostgreSQL, asked with psql through its socket."""
import os, subprocess, time


class Database:
    def __init__(self, socket):
        self.socket = socket
        self.text = f"host={socket} port=5432 user=driftline dbname=driftline"

    def run(self, *commands):
        arguments = [part for command in commands for part in ("-c", command)]
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.text, *arguments], text=True,
                              stdout=subprocess.PIPE, env=os.environ | {"PGOPTIONS": "-c client_min_messages=warning"})
        if done.returncode != 0:
            raise SystemExit("bench: psql failed: " + "; ".join(commands))
        return done.stdout.strip()

    def warm(self):
        """Has all of the memory and WAL been used once, as of a server that has run for a while: neither side pays for that."""
        size = int(self.run("SELECT setting::int8 * 8192 FROM pg_settings WHERE name = 'shared_buffers'"))
        self.run(
            "CREATE TABLE bench_warm (content bytea)", "ALTER TABLE bench_warm ALTER content SET STORAGE PLAIN",
            f"INSERT INTO bench_warm SELECT decode(repeat('00', 8000), 'hex') FROM generate_series(1, {size // 8192})",
            "CHECKPOINT", "DROP TABLE bench_warm", "CHECKPOINT")

    def copy_seconds(self, folder, table, model):
        """Seconds that `\\copy` takes to put a model's rows of a table into an empty one with the same partitions and indexes."""
        file = os.path.join(folder, table + ".copy")
        self.run(f"\\copy (SELECT t.* FROM {table} t JOIN model m ON m.id = t.model WHERE m.name = '{model}') TO '{file}' (FORMAT binary)")
        self.run(f"DROP TABLE IF EXISTS bench_{table}", *self.like(table), "CHECKPOINT")
        begin = time.perf_counter()
        self.run(f"\\copy bench_{table} FROM '{file}' (FORMAT binary)")
        seconds = time.perf_counter() - begin
        self.run(f"DROP TABLE bench_{table}")
        os.unlink(file)
        return seconds

    def like(self, table):
        """Statements that make an empty table `bench_...` as another is, partition by partition."""
        key = self.run(f"SELECT pg_get_partkeydef('{table}'::regclass)")
        bounds = self.run(
            "SELECT pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            f"WHERE i.inhparent = '{table}'::regclass")
        whole = f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)" + (f" PARTITION BY {key}" if key else "")
        return [whole] + [
            f"CREATE TABLE bench_{table}_{number} PARTITION OF bench_{table} {bound}"
            for number, bound in enumerate(bounds.splitlines())]

    def sizes(self):
        """Bytes with indexes and TOAST by table, partitions added to their parent."""
        text = self.run(
            "SELECT coalesce(p.relname, c.relname), sum(pg_total_relation_size(c.oid)) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_inherits i ON i.inhrelid = c.oid "
            "LEFT JOIN pg_class p ON p.oid = i.inhparent "
            "WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1")
        return {name: int(size) for name, size in (line.split("|") for line in text.splitlines())}

    def version(self):
        return self.run("SHOW server_version")
