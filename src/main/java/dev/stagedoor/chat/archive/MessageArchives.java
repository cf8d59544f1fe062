package dev.stagedoor.chat.archive;

import dev.stagedoor.platform.archive.ArchiveImporter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;

/** Archives of messages, by the command; whatever they are called. */
@ApplicationScoped
class MessageArchives implements ArchiveImporter {

    private final ArchiveImport archiveImport;

    MessageArchives(ArchiveImport archiveImport) {
        this.archiveImport = archiveImport;
    }

    @Override
    public boolean takes(String fileName) {
        return !fileName.endsWith(".csv");
    }

    @Override
    public Uni<Void> load(String name, InputStream input) {
        return archiveImport.load(name, input).replaceWithVoid();
    }
}
