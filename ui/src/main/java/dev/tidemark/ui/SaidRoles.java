package dev.tidemark.ui;

import dev.tidemark.ui.live.Question;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the operator has said of the columns of tables, by their places; what is recognised is not remembered. Belongs to the FX thread. */
final class SaidRoles {

    private static final String KEPT = "columns";
    /** Tables that are remembered; what was said longest ago goes first. */
    private static final int MOST = 100;

    private final Settings settings;
    /** Place of a table → what was said of it, the newest last. */
    private final Map<String, Question.Roles> said = new LinkedHashMap<>();

    SaidRoles(Settings settings) {
        this.settings = settings;
        for (String line : settings.list(KEPT)) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                said.put(line.substring(0, tab), Workspace.roles(line.substring(tab + 1)));
            }
        }
    }

    /** What is asked first of a table, with what was said of it. */
    Question first(String table, Question usual) {
        Question.Roles roles = said.getOrDefault(table, Question.Roles.ANY);
        return roles.equals(Question.Roles.ANY) ? usual : usual.withRoles(roles);
    }

    /** Remembers what is said of a table now. */
    void say(String table, Question.Roles roles) {
        if (roles.equals(said.getOrDefault(table, Question.Roles.ANY))) {
            return;
        }
        said.remove(table);
        if (!roles.equals(Question.Roles.ANY)) {
            said.put(table, roles);
        }
        if (said.size() > MOST) {
            said.remove(said.keySet().iterator().next());
        }
        List<String> lines = said.entrySet().stream().map(each -> each.getKey() + "\t" + Workspace.text(each.getValue())).toList();
        settings.list(KEPT, lines);
    }
}
