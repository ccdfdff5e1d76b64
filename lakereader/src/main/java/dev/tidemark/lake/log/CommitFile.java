package dev.tidemark.lake.log;

import java.util.List;

/**
 * One commit file, read.
 *
 * @param version  the version it makes
 * @param mark     which file it was
 * @param actions  its lines, in order; kinds of action that a reader may ignore are left out
 */
public record CommitFile(long version, FileMark mark, List<Action> actions) {
}
