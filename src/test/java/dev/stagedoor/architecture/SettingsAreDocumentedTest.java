package dev.stagedoor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsAreDocumentedTest {

    /** A row of the table: the variable, and the property behind it. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `[A-Z_]+` \\| `(stagedoor\\.[a-z.-]+)` \\|");

    @Test
    void theReadmeListsEverySettingAndNoOther() throws IOException {
        Set<String> documented = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(settings());
    }

    private static Set<String> settings() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.stagedoor").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(type -> properties(
                                type.getAnnotationOfType(ConfigMapping.class).prefix(), type))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> properties(String prefix, JavaClass type) {
        return type.getMethods().stream()
                .flatMap(method -> properties(prefix + "." + name(method), method.getReturnType()));
    }

    /** One; of a group all; of a map, those that have a value, and none where those are groups. */
    private static Stream<String> properties(String property, JavaType type) {
        if (isGroup(type)) {
            return properties(property, type.toErasure());
        }
        if (!type.toErasure().isEquivalentTo(Map.class)) {
            return Stream.of(property);
        }
        boolean hasGroups = type.getAllInvolvedRawTypes().stream().anyMatch(SettingsAreDocumentedTest::isGroup);
        return hasGroups ? Stream.empty() : given().filter(name -> name.startsWith(property + "."));
    }

    private static boolean isGroup(JavaType type) {
        return type.toErasure().isInterface()
                && type.toErasure().getPackageName().startsWith("dev.stagedoor");
    }

    private static Stream<String> given() {
        try {
            Properties properties = new Properties();
            properties.load(Files.newBufferedReader(Path.of("src/main/resources/application.properties")));
            return properties.stringPropertyNames().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JavaMethod method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
