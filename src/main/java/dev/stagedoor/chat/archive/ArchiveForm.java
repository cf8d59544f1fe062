package dev.stagedoor.chat.archive;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of an archive as {@link ArchiveReader} reads them. */
final class ArchiveForm {

    private static final String SPECIAL = "\t\r\n\"";

    private ArchiveForm() {}

    static String lines(List<ArchiveLine> lines) {
        return lines.stream().map(ArchiveForm::line).collect(Collectors.joining());
    }

    private static String line(ArchiveLine line) {
        return Stream.of(
                        line.roomId(),
                        line.roomUri(),
                        line.sentAt().toString(),
                        line.userId(),
                        line.username(),
                        line.messageId(),
                        line.text())
                .map(ArchiveForm::field)
                .collect(Collectors.joining("\t", "", "\n"));
    }

    /** Quoted where it must be (RFC 4180, section 2). */
    private static String field(String value) {
        boolean isSpecial = value.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
        return isSpecial ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
