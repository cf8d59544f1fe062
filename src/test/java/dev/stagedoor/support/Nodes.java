package dev.stagedoor.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several processes of the program that share everything. Each keeps its port, however often it is started. */
public final class Nodes implements AutoCloseable {

    private final List<Map<String, String>> environments;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    /** All ready. */
    public Nodes(List<Map<String, String>> environments) {
        this.environments = List.copyOf(environments);
        environments.forEach(environment -> {
            int port = FreePort.next();
            ports.add(port);
            programs.add(Program.startAt(port, environment));
        });
        awaitReady();
    }

    public int count() {
        return programs.size();
    }

    public List<Integer> ports() {
        return List.copyOf(ports);
    }

    public String url(int node) {
        return "http://127.0.0.1:" + ports.get(node);
    }

    public Program program(int node) {
        return programs.get(node);
    }

    /** Starts one that has ended; it is ready later. */
    public void start(int node) {
        programs.set(node, Program.startAt(ports.get(node), environments.get(node)));
    }

    public void awaitReady() {
        programs.forEach(Program::awaitReady);
    }

    /** Starts those that have ended, and waits until all are ready. */
    public void startMissing() {
        for (int node = 0; node < programs.size(); node++) {
            if (!programs.get(node).isAlive()) {
                start(node);
            }
        }
        awaitReady();
    }

    /** Ends one as an operator does who puts a new version in its place, and waits until that is ready. */
    public void replace(int node) {
        Program old = programs.get(node);
        old.terminate();
        assertThat(old.awaitExit()).as(old.output()).isZero();
        start(node);
        programs.get(node).awaitReady();
    }

    /** With {@code kill -9}. */
    public void kill(int node) {
        programs.get(node).kill();
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
