package dev.stagedoor.chat.archive;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.archive.ArchiveReader.Batch;
import dev.stagedoor.chat.archive.ArchiveStore.Added;
import dev.stagedoor.chat.archive.ArchiveStore.Position;
import dev.stagedoor.chat.archive.ArchiveStore.Stage;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Loads archives as public channels, in the order of time, each message once, however often it is asked to. */
@ApplicationScoped
class ArchiveImport {

    private static final int RECORDS_AT_ONCE = 1_000;
    private static final int MESSAGES_AT_ONCE = 2_000;

    private final ArchiveStore store;
    private final Workers workers;
    private final Clock clock;
    private final Caches caches;

    ArchiveImport(ArchiveStore store, Workers workers, Clock clock, Caches caches) {
        this.store = store;
        this.workers = workers;
        this.clock = clock;
        this.caches = caches;
    }

    /**
     * Reads the input to its end and loads it; the caller closes it.
     *
     * <p>Fails with 409 while another import runs, and with 400 where not one record can be read.
     *
     * @param name of the archive, for the log
     */
    Uni<ArchiveReport> load(String name, InputStream input) {
        ArchiveReader reader = new ArchiveReader(input);
        ImportProgress progress = new ImportProgress(name, clock);
        return store.withStage(stage -> stageAll(reader, stage, progress)
                        .invoke(progress::requireSomething)
                        .chain(stage::complete)
                        .chain(stage::addUsers)
                        .invoke(progress::usersAdded)
                        .chain(stage::addChannels)
                        .invoke(progress::channelsAdded)
                        .chain(stage::addMembers)
                        .chain(stage::listRooms)
                        .onItem()
                        .transformToMulti(Multi.createFrom()::iterable)
                        .onItem()
                        .transformToUniAndConcatenate(room -> addMessages(stage, room, progress))
                        .onItem()
                        .ignoreAsUni()
                        .map(done -> progress.report()))
                // Of an import that fails, what it has committed stays.
                .eventually(caches::invalidateAll)
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.conflict("import-in-progress", "Another archive is being imported"));
    }

    private Uni<Void> stageAll(ArchiveReader reader, Stage stage, ImportProgress progress) {
        return Multi.createBy()
                .repeating()
                .uni(() -> stageNext(reader, stage, progress))
                .whilst(records -> records > 0)
                .onItem()
                .ignoreAsUni();
    }

    /** Emits how many records were read: 0 at the end. */
    private Uni<Integer> stageNext(ArchiveReader reader, Stage stage, ImportProgress progress) {
        return workers.run(() -> reader.next(RECORDS_AT_ONCE)).chain(batch -> stageBatch(batch, stage, progress));
    }

    private static Uni<Integer> stageBatch(Batch batch, Stage stage, ImportProgress progress) {
        Uni<Integer> added = batch.lines().isEmpty() ? Uni.createFrom().item(0) : stage.add(batch.lines());
        return added.invoke(fresh -> progress.read(batch, fresh)).replaceWith(batch.size());
    }

    private static Uni<Void> addMessages(Stage stage, String roomId, ImportProgress progress) {
        AtomicReference<Position> position = new AtomicReference<>(Position.START);
        return Multi.createBy()
                .repeating()
                .uni(() -> stage.addMessages(roomId, position.get(), MESSAGES_AT_ONCE)
                        .map(Optional::ofNullable)
                        .invoke(added -> added.ifPresent(some -> advance(some, position, progress))))
                .whilst(Optional::isPresent)
                .onItem()
                .ignoreAsUni()
                .chain(() -> stage.markRead(roomId));
    }

    private static void advance(Added added, AtomicReference<Position> position, ImportProgress progress) {
        position.set(added.position());
        progress.messagesAdded(added.messages());
    }
}
