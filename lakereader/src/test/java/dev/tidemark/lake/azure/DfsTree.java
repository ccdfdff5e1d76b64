package dev.tidemark.lake.azure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The files of one container. Guarded by its own lock. */
public final class DfsTree {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final class Node {
        private final boolean folder;
        private byte[] bytes = new byte[0];
        private final TreeMap<Long, byte[]> appended = new TreeMap<>();
        private String etag;
        private Instant modified;

        private Node(boolean folder) {
            this.folder = folder;
        }
    }

    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private long etags = 0x8DC_0000_0000_0000L;

    DfsTree() {
        touch(put("", new Node(true)), Instant.EPOCH);
    }

    static String date(Instant time) {
        return DATE.format(time);
    }

    /** Puts a whole file there, past all requests. */
    public synchronized DfsTree file(String path, byte[] bytes, Instant modified) {
        parents(path, modified);
        Node node = put(path, new Node(false));
        node.bytes = bytes;
        touch(node, modified);
        return this;
    }

    /** The bytes of a file; null if it is not there. */
    synchronized byte[] bytes(String path) {
        Node node = nodes.get(path);
        return node == null ? null : node.bytes;
    }

    synchronized DfsTree delete(String path) {
        below(path).forEach(nodes::remove);
        nodes.remove(path);
        return this;
    }

    private Node put(String path, Node node) {
        nodes.put(path, node);
        return node;
    }

    private void touch(Node node, Instant now) {
        node.etag = "\"0x" + Long.toHexString(etags++).toUpperCase(Locale.ROOT) + "\"";
        node.modified = now;
    }

    private void parents(String path, Instant now) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Node folder = nodes.get(path.substring(0, slash));
            if (folder == null) {
                touch(put(path.substring(0, slash), new Node(true)), now);
            } else if (!folder.folder) {
                throw new DfsError(409, "PathConflict", "A path conflict occurred.");
            }
        }
    }

    private List<String> below(String path) {
        return path.isEmpty() ? new ArrayList<>(nodes.tailMap("", false).keySet()) : new ArrayList<>(nodes.subMap(path + "/", path + "0").keySet());
    }

    DfsAnswer answer(DfsRequest request, Instant now) {
        return switch (request.operation()) {
            case "LIST" -> list(request);
            case "CONTAINER", "ACL", "STATUS" -> DfsAnswer.of(200, status(there(request.path())));
            case "READ" -> read(request);
            case "CREATE" -> create(request, now);
            case "RENAME" -> rename(request);
            case "APPEND" -> append(request, now);
            case "FLUSH" -> flush(there(request.path()), Long.parseLong(request.query().get("position")), now);
            case "SETPROPERTIES", "SETACCESSCONTROL" -> DfsAnswer.of(200, status(there(request.path())));
            case "DELETE" -> remove(request);
            default -> throw new DfsError(405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");
        };
    }

    private Node there(String path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new DfsError(404, "PathNotFound", "The specified path does not exist.");
        }
        return node;
    }

    private static Map<String, String> status(Node node) {
        Map<String, String> headers = new TreeMap<>(Map.of("ETag", node.etag, "Last-Modified", date(node.modified), "x-ms-resource-type", node.folder ? "directory" : "file",
                "x-ms-owner", "$superuser", "x-ms-group", "$superuser", "x-ms-permissions", "rw-r-----", "x-ms-acl", "user::rwx,group::r-x,other::---",
                "x-ms-namespace-enabled", "true"));
        headers.put("Content-Length", String.valueOf(node.bytes.length));
        return headers;
    }

    private static void match(DfsRequest request, Node node) {
        if ("*".equals(request.header("If-None-Match")) && node != null) {
            throw new DfsError(409, "PathAlreadyExists", "The specified path already exists.");
        }
        String wanted = request.header("If-Match");
        if (wanted != null && !wanted.equals("*") && (node == null || !wanted.replace("\"", "").equals(node.etag.replace("\"", "")))) {
            throw new DfsError(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
    }

    private DfsAnswer read(DfsRequest request) {
        Node node = there(request.path());
        if (node.folder) {
            throw new DfsError(409, "InvalidResourceType", "The specified resource type is invalid.");
        }
        match(request, node);
        Map<String, String> headers = status(node);
        headers.remove("Content-Length");
        String range = request.header("Range") != null ? request.header("Range") : request.header("x-ms-range");
        if (range == null) {
            return new DfsAnswer(200, headers, node.bytes);
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(ends[0]);
        int to = ends.length < 2 ? node.bytes.length : (int) Math.min(Long.parseLong(ends[1]) + 1, node.bytes.length);
        if (from >= node.bytes.length) {
            throw new DfsError(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
        }
        headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + node.bytes.length);
        return new DfsAnswer(206, headers, Arrays.copyOfRange(node.bytes, from, to));
    }

    private DfsAnswer create(DfsRequest request, Instant now) {
        Node before = nodes.get(request.path());
        match(request, before);
        boolean folder = "directory".equals(request.query().get("resource"));
        if (before != null && before.folder != folder) {
            throw new DfsError(409, "PathAlreadyExists", "The specified path already exists.");
        }
        parents(request.path(), now);
        Node node = folder && before != null ? before : put(request.path(), new Node(folder));
        touch(node, now);
        return DfsAnswer.of(201, status(node));
    }

    private DfsAnswer append(DfsRequest request, Instant now) {
        Node node = there(request.path());
        long position = Long.parseLong(request.query().get("position"));
        node.appended.put(position, request.body());
        if ("true".equals(request.query().get("flush"))) {
            flush(node, position + request.body().length, now);
        }
        return DfsAnswer.of(202, status(node));
    }

    private DfsAnswer flush(Node node, long position, Instant now) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(node.bytes);
        node.appended.forEach((at, bytes) -> {
            if (at != all.size()) {
                throw new DfsError(400, "InvalidFlushPosition", "The uploaded data is not contiguous.");
            }
            all.writeBytes(bytes);
        });
        if (all.size() != position) {
            throw new DfsError(400, "InvalidFlushPosition", "The position query parameter value is not equal to the length of the file.");
        }
        node.bytes = all.toByteArray();
        node.appended.clear();
        touch(node, now);
        return DfsAnswer.of(200, status(node));
    }

    private DfsAnswer rename(DfsRequest request) {
        String from = DfsServer.decode(request.header("x-ms-rename-source").split("\\?")[0]);
        from = from.substring(from.indexOf('/', 1) + 1).replaceAll("/+$", "");
        Node node = nodes.get(from);
        if (node == null) {
            throw new DfsError(404, "SourcePathNotFound", "The source path for a rename operation does not exist.");
        }
        match(request, nodes.get(request.path()));
        int slash = request.path().lastIndexOf('/');
        if (slash > 0 && !nodes.containsKey(request.path().substring(0, slash))) {
            throw new DfsError(404, "RenameDestinationParentPathNotFound", "The parent directory of the destination path does not exist.");
        }
        for (String each : below(from)) {
            nodes.put(request.path() + each.substring(from.length()), nodes.remove(each));
        }
        nodes.put(request.path(), nodes.remove(from));
        Map<String, String> headers = status(node);
        headers.remove("Last-Modified");
        headers.remove("Content-Length");
        return DfsAnswer.of(201, headers);
    }

    private DfsAnswer remove(DfsRequest request) {
        there(request.path());
        List<String> inside = below(request.path());
        if (!inside.isEmpty() && !"true".equals(request.query().get("recursive"))) {
            throw new DfsError(409, "DirectoryNotEmpty", "The recursive query parameter value must be true to delete a non-empty directory.");
        }
        delete(request.path());
        return DfsAnswer.of(200, Map.of());
    }

    private DfsAnswer list(DfsRequest request) {
        String folder = request.query().getOrDefault("directory", "").replaceAll("^/+|/+$", "");
        int most = Integer.parseInt(request.query().getOrDefault("maxresults", "5000"));
        String prefix = folder.isEmpty() ? "" : folder + "/";
        boolean file = !there(folder).folder;
        String from = from(request.query().getOrDefault("continuation", ""));
        StringBuilder json = new StringBuilder("{\"paths\":[");
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json;charset=utf-8"));
        int count = 0;
        // A file, listed, is itself.
        for (String path : file ? List.of(folder) : below(folder)) {
            String name = file ? folder.substring(folder.lastIndexOf('/') + 1) : path.substring(prefix.length());
            if (name.indexOf('/') >= 0 && !"true".equals(request.query().get("recursive")) || name.compareTo(from) < 0) {
                continue;
            }
            if (count == most) {
                headers.put("x-ms-continuation", Base64.getEncoder().encodeToString(("0 0 " + name).getBytes(StandardCharsets.UTF_8)));
                break;
            }
            Node node = nodes.get(path);
            json.append(count++ > 0 ? "," : "").append("{\"name\":\"").append(path).append("\",\"contentLength\":\"").append(node.bytes.length).append("\",\"etag\":\"")
                    .append(node.etag.replace("\"", "")).append("\",\"lastModified\":\"").append(date(node.modified))
                    .append("\",\"owner\":\"$superuser\",\"group\":\"$superuser\",\"permissions\":\"rw-r-----\"").append(node.folder ? ",\"isDirectory\":\"true\"" : "").append('}');
        }
        return new DfsAnswer(200, headers, json.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The name a continuation mark goes on at; the driver makes such marks by itself to begin at a name. */
    private static String from(String mark) {
        if (mark.isEmpty()) {
            return "";
        }
        String plain = new String(Base64.getDecoder().decode(mark), StandardCharsets.UTF_8);
        return plain.substring(plain.indexOf(' ', plain.indexOf(' ') + 1) + 1);
    }
}
