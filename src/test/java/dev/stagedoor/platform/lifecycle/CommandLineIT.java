package dev.stagedoor.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Program.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandLineIT {

    @Test
    void manyMigrationsAtOnceOfAnEmptyDatabaseAllSucceed() throws SQLException {
        String database = Api.uniqueName();
        execute("CREATE DATABASE " + database);
        Map<String, String> environment = Program.environment();
        environment.computeIfPresent("DATABASE_URL", (name, url) -> url.replace("/postgres?", "/" + database + "?"));

        List<CompletableFuture<Finished>> runs = IntStream.range(0, 4)
                .mapToObj(run -> CompletableFuture.supplyAsync(() -> Program.run(environment, "migrate")))
                .toList();

        assertThat(runs).extracting(run -> run.get().exitCode()).containsOnly(0);
        assertThat(appliedMigrations(database)).isEqualTo(migrationFiles());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long appliedMigrations(String database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM flyway_schema_history WHERE success")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection connect(String database) throws SQLException {
        String url = EmbeddedServices.servers().databaseUrl().replaceAll(".*@([^/]+)/.*", "jdbc:postgresql://$1/");
        return DriverManager.getConnection(url + database, "postgres", "postgres");
    }

    private static long migrationFiles() {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void importsAnArchiveAndReportsWhatItLeftOut() throws IOException {
        Path archive = Files.createTempFile(EmbeddedServices.folder(), "archive-", ".tsv");
        String room = Api.uniqueName();
        Files.writeString(archive, """
                %1$s	%1$s	2026-01-01T00:00:02Z	%1$s-u	%1$s-u	%1$s-2	second
                only three	fields	here
                %1$s	%1$s	2026-01-01T00:00:01Z	%1$s-u	%1$s-u	%1$s-1	first
                """.replace("%1$s", room));

        Finished run = Program.run(Program.environment(), "import-archive", archive.toString());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("line 2: has 3 fields, not 7").contains("2 messages");
    }

    @Test
    void saysWhichFileItCannotReadAndLoadsTheOthers() throws IOException {
        Path archive = Files.createTempFile(EmbeddedServices.folder(), "archive-", ".tsv");
        String room = Api.uniqueName();
        Files.writeString(archive, "%s\t%s\t2026-01-01T00:00:02Z\tu\tu\t1\tone\n".replace("%s", room));

        Finished run = Program.run(Program.environment(), "import-archive", "no-such-file.tsv", archive.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("no-such-file.tsv").contains("1 messages");
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertThat(Program.run(Program.environment(), "import-archive").exitCode())
                .isEqualTo(2);

        Finished unknown = Program.run(Program.environment(), "imprt");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.output()).contains("usage: stagedoor");
    }

    @Test
    void aMigrationWithoutADatabaseEndsWithOne() {
        Map<String, String> environment = Program.environment();
        environment.put("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere");

        assertThat(Program.run(environment, "migrate").exitCode()).isEqualTo(1);
    }

    @Test
    void refusesToServeWithTheSecretsOfTheTemplate() {
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_SECRET", "change-me-to-32-random-characters-or-more");
        environment.put("STAGEDOOR_AUTH_PRIVATE_KEY", "change-me");
        environment.put("ADMIN_PASSWORD", "change-me");
        environment.remove("STAGEDOOR_ADMIN_PASSWORD");

        Finished run = Program.run(environment);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("STAGEDOOR_SECRET", "STAGEDOOR_AUTH_PRIVATE_KEY", "ADMIN_PASSWORD")
                .doesNotContain("change-me");
    }

    @Test
    void namesTheMistakeInADatabaseUrlAndNotItsPassword() {
        Map<String, String> environment = Program.environment();
        environment.put("DATABASE_URL", "postgres://me:hunter2@db/stagedoor?sslmode=maybe");

        Finished run = Program.run(environment);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("sslmode is one of").doesNotContain("hunter2");
    }

    @Test
    void oneServerWithoutTheOtherIsAMistake() {
        Map<String, String> environment = Program.environment();
        environment.remove("REDIS_URL");

        Finished run = Program.run(environment);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("REDIS_URL is missing");
    }
}
