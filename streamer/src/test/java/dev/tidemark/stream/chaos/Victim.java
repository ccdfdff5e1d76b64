package dev.tidemark.stream.chaos;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import dev.tidemark.stream.cli.TidemarkStreamer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A streamer in a process of its own, to be killed (SIGKILL: nothing of it runs any more) or to end by itself. */
final class Victim implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toMillis(3);

    private final Process process;
    private final Path output;

    private Victim(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code tidemark-streamer} with these arguments; what it says goes to a file. */
    static Victim start(Path output, List<String> arguments) throws IOException {
        return new Victim(launch(output, List.of(), arguments), output);
    }

    private static Process launch(Path output, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TidemarkStreamer.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /**
     * Starts it, and kills it when it comes to a point the n-th time.
     *
     * @return whether it came there; if not, it has ended by itself
     * @throws IllegalStateException if there is no such point in the code any more: a kill that never happens proves nothing
     */
    static boolean killedAt(KillPoint point, int time, Path output, List<String> arguments) throws IOException, InterruptedException {
        requireThere(point);
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket")).findFirst().orElseThrow();
        Map<String, Connector.Argument> where = connector.defaultArguments();
        where.get("localAddress").setValue("127.0.0.1");
        where.get("timeout").setValue(Long.toString(PATIENCE));
        try {
            String address = connector.startListening(where);
            Process process = launch(output, List.of("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:"
                    + address.substring(address.lastIndexOf(':') + 1)), arguments);
            try (Victim victim = new Victim(process, output)) {
                VirtualMachine machine = connector.accept(where);
                connector.stopListening(where);
                boolean killed = killAt(machine, point, time, process);
                victim.end();
                return killed;
            }
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireThere(KillPoint point) {
        try {
            Class<?> type = Class.forName(point.type(), false, Victim.class.getClassLoader());
            if (Arrays.stream(type.getDeclaredMethods()).noneMatch(method -> method.getName().equals(point.method()))) {
                throw new ClassNotFoundException(point.method());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There is no " + point.type() + "." + point.method() + " any more: name what took its place", e);
        }
    }

    private static boolean killAt(VirtualMachine machine, KillPoint point, int time, Process process) throws InterruptedException {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(point.type());
        prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepared.enable();
        machine.resume();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent loaded) {
                        breakAt(machine, loaded.referenceType(), point, time);
                    } else if (event instanceof BreakpointEvent) {
                        // Everything stands still there, and nothing goes on.
                        process.destroyForcibly();
                        return true;
                    } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return false;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return false;
        }
    }

    private static void breakAt(VirtualMachine machine, ReferenceType type, KillPoint point, int time) {
        for (Method method : type.methodsByName(point.method())) {
            if (!method.isAbstract() && !method.isBridge()) {
                BreakpointRequest breakpoint = machine.eventRequestManager().createBreakpointRequest(method.location());
                breakpoint.addCountFilter(time);
                breakpoint.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                breakpoint.enable();
            }
        }
    }

    /** Kills it after so long, if it has not ended by then; returns whether it was killed. */
    boolean killAfter(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        close();
        return !ended;
    }

    /** Waits for its end, and gives its exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.MILLISECONDS)) {
            close();
            throw new IllegalStateException("It did not end by itself: " + output());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Process process() {
        return process;
    }

    /** What it said so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
