package dev.tidemark.ui;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testfx.api.FxRobot;
import org.testfx.robot.Motion;
import org.testfx.util.NodeQueryUtils;
import org.testfx.util.WaitForAsyncUtils;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Hands and eyes: clicks on what is seen, once it is there, can be clicked and has stopped moving, as people do; and waits for what is to come. */
public final class Operator extends FxRobot {

    private static final long PATIENCE_SECONDS = 90;

    /** Gives a test an operator. */
    public static final class Shift implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Operator.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return new Operator();
        }
    }

    /** Waits until something holds on the FX thread. What cannot be said yet, because something it asks for is not there, does not hold. */
    public static void until(BooleanSupplier condition) {
        AtomicReference<Throwable> unsaid = new AtomicReference<>();
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(() -> {
                unsaid.set(null);
                try {
                    return condition.getAsBoolean();
                } catch (RuntimeException | AssertionError notYet) {
                    unsaid.set(notYet);
                    return false;
                }
            }).get());
        } catch (TimeoutException e) {
            throw new AssertionError("It did not become so within " + PATIENCE_SECONDS + " s; on screen: " + onScreen(), unsaid.get() == null ? e : unsaid.get());
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static String onScreen() {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, () -> Window.getWindows().stream().flatMap(each -> each.getScene().getRoot().lookupAll("*").stream())
                .map(each -> each instanceof Labeled label ? label.getText() : each instanceof TextInputControl field ? field.getText() : null)
                .filter(text -> text != null && !text.isBlank()).distinct().collect(Collectors.joining(" | ")));
    }

    /** The first of these that is seen and stands where it stood at the frame before: laid out, and nothing pushes it on. */
    private Node seen(String what, boolean toClick, Supplier<? extends Collection<? extends Node>> which) {
        CompletableFuture<Node> found = new CompletableFuture<>();
        AnimationTimer eye = new AnimationTimer() {
            private Node before;
            private Bounds place;

            @Override
            public void handle(long now) {
                Node seen = which.get().stream().map(Node.class::cast).filter(NodeQueryUtils.isVisible()).filter(node -> !toClick || !node.isDisabled()).findFirst().orElse(null);
                Bounds there = seen == null ? null : seen.localToScreen(seen.getBoundsInLocal());
                if (there != null && seen == before && there.equals(place)) {
                    found.complete(seen);
                }
                before = seen;
                place = there;
            }
        };
        Platform.runLater(eye::start);
        try {
            return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Cannot see " + what + (toClick ? ", or cannot click on it" : "") + ", after " + PATIENCE_SECONDS + " s; on screen: " + onScreen(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            Platform.runLater(eye::stop);
        }
    }

    @Override
    public FxRobot clickOn(String query, Motion motion, MouseButton... buttons) {
        return super.clickOn(seen(query, true, () -> lookup(query).queryAll()), motion, buttons);
    }

    @Override
    public FxRobot clickOn(Node node, Motion motion, MouseButton... buttons) {
        return super.clickOn(seen(node.toString(), true, () -> List.of(node)), motion, buttons);
    }

    @Override
    public <T extends Node> FxRobot clickOn(Predicate<T> which, Motion motion, MouseButton... buttons) {
        return super.clickOn(seen("what was described", true, () -> lookup(which).queryAll()), motion, buttons);
    }

    @Override
    public FxRobot moveTo(String query, Motion motion) {
        return super.moveTo(seen(query, false, () -> lookup(query).queryAll()), Pos.CENTER, Point2D.ZERO, motion);
    }

    @Override
    public FxRobot moveTo(Node node, Pos from, Point2D offset, Motion motion) {
        return super.moveTo(seen(node.toString(), false, () -> List.of(node)), from, offset, motion);
    }

    @Override
    public FxRobot doubleClickOn(Node node, Motion motion, MouseButton... buttons) {
        return moveTo(node, Pos.CENTER, Point2D.ZERO, motion).doubleClickOn(buttons);
    }

    /** Without a wait between: what comes later than half a second after the first click is no double click, and a busy machine may take as long. */
    @Override
    public FxRobot doubleClickOn(MouseButton... buttons) {
        for (int click = 0; click < 2; click++) {
            robotContext().getMouseRobot().pressNoWait(buttons);
            robotContext().getMouseRobot().releaseNoWait(buttons);
        }
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }
}
