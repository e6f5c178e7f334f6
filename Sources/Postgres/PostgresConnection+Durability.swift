extension PostgresConnection {
    /// Reads the settings on which durability rests, as this connection has them.
    package func durability() throws(PostgresError) -> Durability {
        let statement = Statement(
            "durability",
            """
            SELECT current_setting('fsync') = 'on', current_setting('full_page_writes') = 'on',
                   current_setting('synchronous_commit'),
                   (current_setting('synchronous_standby_names') = ''
                    OR current_setting('synchronous_commit') IN ('off', 'local'))
                   AND EXISTS (SELECT FROM pg_stat_replication)
            """)
        return try query(statement).only { row throws(PostgresError) in
            Durability(
                fsync: try row.bool(0), fullPageWrites: try row.bool(1), synchronousCommit: try row.string(2),
                hasLaggingStandby: try row.bool(3))
        }
    }
}
