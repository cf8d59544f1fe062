package dev.stagedoor.platform.archive;

import dev.stagedoor.platform.db.Migrations;
import dev.stagedoor.platform.lifecycle.Command;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Loads archives from files. */
@ApplicationScoped
class ImportArchiveCommand implements Command {

    private static final Logger LOG = Logger.getLogger("dev.stagedoor.import");

    private final Migrations migrations;
    private final List<ArchiveImporter> importers;

    ImportArchiveCommand(Migrations migrations, @All List<ArchiveImporter> importers) {
        this.migrations = migrations;
        this.importers = importers;
    }

    @Override
    public String name() {
        return "import-archive";
    }

    @Override
    public Uni<Integer> run(List<String> files) {
        if (files.isEmpty()) {
            LOG.error("import-archive needs at least one file");
            return Uni.createFrom().item(2);
        }
        return migrations
                .apply()
                .onItem()
                .transformToMulti(applied -> Multi.createFrom().iterable(files))
                .onItem()
                .transformToUniAndConcatenate(this::load)
                .collect()
                .with(Collectors.reducing(0, Math::max))
                .onFailure()
                .invoke(failure -> LOG.errorf("The import failed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(1);
    }

    /** Emits 0, or 1 where the file could not be loaded; the others still are. */
    private Uni<Integer> load(String file) {
        return Uni.createFrom()
                .item(() -> open(file))
                .chain(input -> importer(file).load(file, input).eventually(() -> close(input)))
                .replaceWith(0)
                .onFailure()
                .invoke(failure -> LOG.errorf("%s: %s", file, failure.getMessage()))
                .onFailure()
                .recoverWithItem(1);
    }

    private ArchiveImporter importer(String file) {
        return importers.stream()
                .filter(each -> each.takes(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is of no kind that can be loaded"));
    }

    private static InputStream open(String file) {
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: " + e, e);
        }
    }

    private static void close(InputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
