package dev.stagedoor.platform.lifecycle;

import java.util.List;

/** Looks for what must not go into production: secrets that are absent, weak or those of an example. */
public interface ProductionCheck {

    /** Marks the values of templates that were meant to be replaced. */
    String PLACEHOLDER = "change-me";

    /** What is wrong and what to do, a sentence each; empty where nothing is. */
    List<String> findings();
}
