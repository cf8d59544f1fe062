package dev.stagedoor.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code k8s/} holds is what Kubernetes reads, and it keeps what the design promises of a deployment. */
class KubernetesManifestsTest {

    private static final Path BASE = Path.of("k8s", "base");
    private static final Path OVERLAY = Path.of("k8s", "overlays", "example");

    private static final Map<String, Class<? extends HasMetadata>> MODELS = Map.of(
            "apps/v1/Deployment", Deployment.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "batch/v1/Job", Job.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Secret", Secret.class,
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class);

    /** As strict as the API server: no unknown or doubled field, and no number where a string is due. */
    private static final YAMLMapper STRICT = YAMLMapper.builder()
            .annotationIntrospector(new NoCatchAll())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, KubernetesManifestsTest::refuseOtherScalars)
            .build();

    private static List<JsonNode> base;

    /** Without kubectl the files are read one by one: they then lack the labels that kustomize adds, and no more. */
    @BeforeAll
    static void readTheBase(@TempDir Path scratch) throws IOException, InterruptedException {
        base = kubectlIsThere() ? rendered(BASE, scratch) : objectsOfTheFiles();
    }

    @Test
    void everyObjectLoadsStrictlyIntoItsModel() {
        assertThat(base).map(KubernetesManifestsTest::model).containsExactlyInAnyOrderElementsOf(MODELS.keySet());
        assertThat(base).allSatisfy(object -> assertThat(refusal(object)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/metadata",
                "/spec",
                "/spec/template/spec",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/0/ports/0",
                "/spec/template/spec/containers/0/livenessProbe/httpGet",
                "/spec/template/spec/containers/0/lifecycle/preStop/sleep",
                "/spec/template/spec/containers/0/securityContext/capabilities",
            })
    void aMisspelledFieldIsFound(String place) {
        JsonNode deployment = object("apps/v1/Deployment").deepCopy();
        ((ObjectNode) deployment.at(place)).put("misspelled", 1);

        assertThat(refusal(deployment))
                .hasValueSatisfying(reason -> assertThat(reason).contains("misspelled"));
    }

    @Test
    void aNumberWhereTextIsDueIsFound() {
        JsonNode configMap = object("v1/ConfigMap").deepCopy();
        ((ObjectNode) configMap.at("/data")).put("PORT", 8080);

        assertThat(refusal(configMap)).isPresent();
    }

    @Test
    void theProbesHitTheHealthEndpoints() throws IOException {
        Container server = server();

        assertThat(server.getStartupProbe()).satisfies(probe -> assertHits(probe, "/q/health/started"));
        assertThat(server.getLivenessProbe()).satisfies(probe -> assertHits(probe, "/q/health/live"));
        assertThat(server.getReadinessProbe()).satisfies(probe -> assertHits(probe, "/q/health/ready"));
        assertThat(server.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).hasToString(settings().get("PORT"));
        });
    }

    @Test
    void theGracePeriodCoversPreStopDelayAndTimeout() throws IOException {
        LifecycleHandler preStop = server().getLifecycle().getPreStop();
        Duration sleep = Duration.ofSeconds(preStop.getSleep().getSeconds());
        Duration drain = setting("STAGEDOOR_SHUTDOWN_DELAY").plus(setting("STAGEDOOR_SHUTDOWN_TIMEOUT"));
        Duration grace = Duration.ofSeconds(serverPods().getSpec().getTerminationGracePeriodSeconds());

        // The reserve is for closing pools, after the last request ended.
        assertThat(grace).isGreaterThanOrEqualTo(sleep.plus(drain).plusSeconds(5));
    }

    @Test
    void theContainerRunsUnprivilegedOnAReadOnlyRootFilesystem() throws IOException {
        assertThat(List.of(serverPods(), migrationPods())).allSatisfy(pods -> {
            assertUnprivileged(pods.getSpec());
            assertWritesOnlyToTmp(pods.getSpec());
        });
    }

    @Test
    void theMigrationJobRunsTheSameImageWithTheMigrateCommand() throws IOException {
        Container migration = onlyContainer(migrationPods());

        assertThat(migration.getImage()).isEqualTo(server().getImage());
        assertThat(migration.getArgs()).containsExactly("migrate");
        assertThat(server().getArgs()).containsExactly("serve");
        assertThat(server().getEnv()).singleElement().satisfies(variable -> {
            assertThat(variable.getName()).isEqualTo("STAGEDOOR_DATABASE_MIGRATE_AT_START");
            assertThat(variable.getValue()).isEqualTo("false");
        });
        assertThat(migration.getEnvFrom())
                .extracting(source -> source.getSecretRef().getName())
                .containsExactly(load(Secret.class).getMetadata().getName());
    }

    @Test
    void theSelectorsFindTheServersAndNotTheMigration() throws IOException {
        Map<String, String> serverLabels = serverPods().getMetadata().getLabels();
        Map<String, String> migrationLabels = migrationPods().getMetadata().getLabels();
        List<Map<String, String>> selectors = List.of(
                load(Deployment.class).getSpec().getSelector().getMatchLabels(),
                load(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
                load(Service.class).getSpec().getSelector());

        assertThat(selectors).allSatisfy(selector -> {
            assertThat(serverLabels).containsAllEntriesOf(selector);
            assertThat(migrationLabels.entrySet().containsAll(selector.entrySet()))
                    .as("%s selects %s", selector, migrationLabels)
                    .isFalse();
        });
    }

    @Test
    void theOverlayRenders(@TempDir Path scratch) throws IOException, InterruptedException {
        assumeTrue(kubectlIsThere(), "kubectl is not on the PATH");

        List<JsonNode> overlay = rendered(OVERLAY, scratch);

        assertThat(overlay).allSatisfy(object -> assertThat(refusal(object)).isEmpty());
        assertThat(overlay).map(KubernetesManifestsTest::model).doesNotContain("v1/Secret");
        assertThat(overlay)
                .map(object -> object.at("/spec/template/spec/containers/0/image"))
                .filteredOn(JsonNode::isTextual)
                .hasSize(2)
                .allSatisfy(image -> assertThat(image.textValue()).matches("\\S+/stagedoor:\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void theTemplateHoldsNoRealSecret() throws IOException {
        Secret template = load(Secret.class);

        assertThat(template.getStringData())
                .containsOnlyKeys(
                        "DATABASE_URL",
                        "DATABASE_READ_URL",
                        "REDIS_URL",
                        "ADMIN_USERNAME",
                        "ADMIN_PASSWORD",
                        "STAGEDOOR_SECRET",
                        "PUSHER_APP_SECRET",
                        "STAGEDOOR_AUTH_PRIVATE_KEY");
        assertThat(template.getStringData().values())
                .allSatisfy(value -> assertThat(value).startsWith("change-me"));
        assertThat(template.getData()).isNullOrEmpty();
    }

    private static void refuseOtherScalars(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static void assertHits(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }

    private static void assertUnprivileged(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(1001);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers())
                .extracting(Container::getSecurityContext)
                .allSatisfy(security -> {
                    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                    assertThat(security.getPrivileged()).isNotEqualTo(true);
                    assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
                    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                });
    }

    private static void assertWritesOnlyToTmp(PodSpec pod) {
        assertThat(pod.getVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getVolumeMounts())
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
        });
    }

    private static Duration setting(String name) throws IOException {
        return Duration.parse("PT" + settings().get(name));
    }

    private static Map<String, String> settings() throws IOException {
        return load(ConfigMap.class).getData();
    }

    private static Container server() throws IOException {
        return onlyContainer(serverPods());
    }

    private static PodTemplateSpec serverPods() throws IOException {
        return load(Deployment.class).getSpec().getTemplate();
    }

    private static PodTemplateSpec migrationPods() throws IOException {
        return load(Job.class).getSpec().getTemplate();
    }

    private static Container onlyContainer(PodTemplateSpec pods) {
        assertThat(pods.getSpec().getContainers()).hasSize(1);
        return pods.getSpec().getContainers().get(0);
    }

    private static <T extends HasMetadata> T load(Class<T> type) throws IOException {
        return STRICT.treeToValue(object(HasMetadata.getApiVersion(type) + "/" + HasMetadata.getKind(type)), type);
    }

    /** Why the model does not take the object; empty if it knows every field of it. */
    private static Optional<String> refusal(JsonNode object) {
        if (!MODELS.containsKey(model(object))) {
            return Optional.of("No model for " + model(object));
        }
        try {
            HasMetadata loaded = STRICT.treeToValue(object, MODELS.get(model(object)));
            return loaded.getMetadata().getName() == null ? Optional.of("No name") : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static JsonNode object(String model) {
        return base.stream()
                .filter(object -> model(object).equals(model))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + model + " in " + BASE));
    }

    private static String model(JsonNode object) {
        return object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    }

    private static boolean kubectlIsThere() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private static List<JsonNode> rendered(Path folder, Path scratch) throws IOException, InterruptedException {
        Path output = scratch.resolve("output.yaml");
        // Apart from the output: kustomize writes its warnings there.
        Path complaints = scratch.resolve("complaints.txt");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectOutput(output.toFile())
                .redirectError(complaints.toFile())
                .start();
        try {
            assertThat(kubectl.waitFor(1, TimeUnit.MINUTES)).as("kubectl ended").isTrue();
            assertThat(kubectl.exitValue())
                    .as("kubectl kustomize %s: %s", folder, Files.readString(complaints))
                    .isZero();
        } finally {
            kubectl.destroy();
        }
        return objectsOf(output);
    }

    private static List<JsonNode> objectsOfTheFiles() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASE)) {
            for (Path file : files.sorted().toList()) {
                if (!file.endsWith("kustomization.yaml")) {
                    objects.addAll(objectsOf(file));
                }
            }
        }
        return objects;
    }

    private static List<JsonNode> objectsOf(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                STRICT.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            return documents.readAll();
        }
    }

    /** Turns off the {@code additionalProperties} of the models, which would take in any unknown field. */
    private static final class NoCatchAll extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
