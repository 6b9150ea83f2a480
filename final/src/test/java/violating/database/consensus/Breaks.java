package violating.database.consensus;

import java.sql.Connection;
import java.sql.SQLException;

/** An engine that keeps its votes in a database without a port. */
final class Breaks {
    boolean isOpen(Connection connection) throws SQLException {
        return !connection.isClosed();
    }
}
