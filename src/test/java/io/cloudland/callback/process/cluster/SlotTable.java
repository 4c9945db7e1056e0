package io.cloudland.callback.process.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** What the database says of nodes, slots and deliveries, past the service. */
final class SlotTable {

    private final int port;
    private final String schema;

    SlotTable(int port, String schema) {
        this.port = port;
        this.schema = schema;
    }

    /** Node name → how many slots it owns. */
    Map<String, Integer> owned() {
        Map<String, Integer> owned = new TreeMap<>();
        query(
                "select n.name, count(l.slot) from SCHEMA.cluster_node n left join SCHEMA.slot_lease l on l.owner = n.id"
                        + " group by n.name",
                row -> owned.put(row.getString(1), row.getInt(2)));
        return owned;
    }

    /** Deliveries that have not ended. */
    long pending() {
        long[] pending = new long[1];
        query("select count(*) from SCHEMA.delivery", row -> pending[0] = row.getLong(1));
        return pending[0];
    }

    /** Deliveries that ended without success. */
    long dead() {
        long[] dead = new long[1];
        query("select count(*) from SCHEMA.dead_letter", row -> dead[0] = row.getLong(1));
        return dead[0];
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, RowReader reader) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.replace("SCHEMA", schema))) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(sql + ": " + failure.getMessage(), failure);
        }
    }
}
