package dev.stagedoor.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class DatabaseUrlTest {

    @Test
    void readsEveryPart() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://ada:secret@db.example.org:6543/stage"
                + "?sslmode=verify-full&connection_limit=7&pool_timeout=2500");

        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        "db.example.org", 6543, "stage", "ada", "secret", "verify-full", 7, Duration.ofMillis(2500)));
    }

    @Test
    void fillsInWhatIsNotSaid() {
        DatabaseUrl url = DatabaseUrl.parse(" postgresql://localhost/stage ");

        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        "localhost", 5432, "stage", "postgres", "", "prefer", 20, Duration.ofSeconds(10)));
    }

    @Test
    void takesTheCredentialsFromTheParametersToo() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://localhost/stage?user=ada&password=a%26b+c");

        assertThat(url.user()).isEqualTo("ada");
        assertThat(url.password()).isEqualTo("a&b+c");
    }

    @Test
    void writesTheAddressForBothDrivers() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@[::1]:5433/on%20stage%2B?sslmode=require");

        assertThat(url.database()).isEqualTo("on stage+");
        assertThat(url.reactive()).startsWith("vertx-reactive:postgresql://[::1]:5433/");
        assertThat(url.jdbc()).startsWith("jdbc:postgresql://[::1]:5433/").contains("?sslmode=require&");
        assertBothDriversSee("on stage+", url);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:hunter2@h/d, begins with postgres://",
        "//u:hunter2@h/d, begins with postgres://",
        "postgres:hunter2, names a host",
        "postgres://u:hunter2@/d, names a host",
        "postgres://u:hunter2@h, names a host and a database",
        "postgres://u:hunter2@h/, names a host and a database",
        "postgres://u:hunter2@x@h/d, names a host",
        "postgres://u:hunter2 @h/d, malformed at index 11",
        "postgres://u:hunter2%zz@h/d, malformed at index 20",
        "postgres://u:hunter2@h/d?sslmode=sometimes, sslmode is one of",
        "postgres://u:hunter2@h/d?connection_limit=0, connection_limit is a positive number",
        "postgres://u:hunter2@h/d?connection_limit=ten, connection_limit is a positive number",
        "postgres://u:hunter2@h/d?pool_timeout=-1, pool_timeout is a positive number",
        "postgres://u:hunter2@h/d?pool_timeout=9999999999, pool_timeout is a positive number",
        "postgres://u:hunter2@h/d?pgbouncer=true, no parameter 'pgbouncer'"
    })
    void saysWhatIsWrongWithoutThePassword(String url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining(reason)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"))
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
    void knowsEverySslModeOfLibpq(String mode) {
        assertThat(DatabaseUrl.parse("postgres://h/d?sslmode=" + mode).sslMode())
                .isEqualTo(mode);
    }

    @Property
    void anyPasswordSurvivesItsEncoding(@ForAll @StringLength(max = 60) String password) {
        String wellFormed = new String(password.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        DatabaseUrl url = DatabaseUrl.parse("postgres://ada:" + encode(wellFormed) + "@h/d");

        assertThat(url.password()).isEqualTo(wellFormed);
        assertThat(url.user()).isEqualTo("ada");
    }

    @Property
    void anyDatabaseNameReachesTheDriversAsItIs(@ForAll @StringLength(min = 1, max = 30) String name) {
        String wellFormed = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        DatabaseUrl url = DatabaseUrl.parse("postgres://h/" + encode(wellFormed));

        assertThat(url.database()).isEqualTo(wellFormed);
        assertBothDriversSee(wellFormed, url);
    }

    private static void assertBothDriversSee(String database, DatabaseUrl url) {
        String uri = url.reactive().substring("vertx-reactive:".length());
        assertThat(PgConnectOptions.fromUri(uri).getDatabase()).isEqualTo(database);
        assertThat(Driver.parseURL(url.jdbc(), new Properties())).containsEntry("PGDBNAME", database);
    }

    @Test
    void aPlusInAPasswordIsAPlus() {
        assertThat(DatabaseUrl.parse("postgres://ada:a+b@h/d").password()).isEqualTo("a+b");
    }

    /** As RFC 3986 has it: a space is %20. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
