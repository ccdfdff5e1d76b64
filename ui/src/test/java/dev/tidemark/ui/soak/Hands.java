package dev.tidemark.ui.soak;

import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A mouse and a keyboard: what they do reaches the window as the events of real ones. Used by one thread, not the FX thread. */
final class Hands {

    private static final String TYPED = "abcdefghijklmnopqrstuvwxyz0123456789 -.";
    private static final int DRAG_STEPS = 6;

    private final Robot robot = FxCall.of(Robot::new);
    private final long paceNanos;

    /** @param paceMillis how long hands rest between two movements */
    Hands(long paceMillis) {
        paceNanos = TimeUnit.MILLISECONDS.toNanos(paceMillis);
    }

    void move(Point2D to) {
        step(() -> robot.mouseMove(to));
    }

    void click(Point2D at, MouseButton button, int times) {
        move(at);
        for (int i = 0; i < times; i++) {
            step(() -> robot.mousePress(button));
            step(() -> robot.mouseRelease(button));
        }
    }

    void drag(Point2D from, Point2D to, MouseButton button) {
        move(from);
        step(() -> robot.mousePress(button));
        for (int i = 1; i <= DRAG_STEPS; i++) {
            move(from.interpolate(to, (double) i / DRAG_STEPS));
        }
        step(() -> robot.mouseRelease(button));
    }

    void wheel(Point2D at, int clicks) {
        move(at);
        for (int i = 0; i < Math.abs(clicks); i++) {
            step(() -> robot.mouseWheel(Integer.signum(clicks)));
        }
    }

    /** Presses keys that are held together, such as Ctrl and K. */
    void press(KeyCode... keys) {
        for (KeyCode key : keys) {
            step(() -> robot.keyPress(key));
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            KeyCode key = keys[i];
            step(() -> robot.keyRelease(key));
        }
    }

    /** Types letters, digits, blanks, hyphens and full stops; others are left out. */
    void type(String text) {
        for (char each : text.toLowerCase(java.util.Locale.ROOT).toCharArray()) {
            if (TYPED.indexOf(each) >= 0) {
                press(switch (each) {
                    case ' ' -> KeyCode.SPACE;
                    case '-' -> KeyCode.MINUS;
                    case '.' -> KeyCode.PERIOD;
                    default -> KeyCode.valueOf(Character.isDigit(each) ? "DIGIT" + each : String.valueOf(Character.toUpperCase(each)));
                });
            }
        }
    }

    /** Lets go of everything. */
    void rest() {
        FxCall.run(() -> {
            robot.mouseRelease(MouseButton.PRIMARY, MouseButton.MIDDLE, MouseButton.SECONDARY);
            robot.keyRelease(KeyCode.CONTROL);
            robot.keyRelease(KeyCode.SHIFT);
        });
    }

    private void step(Runnable body) {
        FxCall.run(body);
        LockSupport.parkNanos(paceNanos);
    }
}
