package dev.stagedoor.platform.archive;

import io.smallrye.mutiny.Uni;
import java.io.InputStream;

/** Loads one kind of archive; a feature has one for each kind of its own. Loading the same again changes nothing. */
public interface ArchiveImporter {

    /** Whether a file of this name is of the kind. */
    boolean takes(String fileName);

    /**
     * Reads the input to its end and loads it, and says how far it is; the caller closes the input. Fails where nothing of
     * it can be loaded.
     */
    Uni<Void> load(String name, InputStream input);
}
