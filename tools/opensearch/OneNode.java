import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node in this process, until it is told to end: {@code OneNode FOLDER NAME=VALUE...}, where a value that holds
 * commas is a list. The runner's own {@code main} can only make clusters of one process, and says nothing of failures.
 */
public class OneNode {
    /** Start the node; what goes wrong ends the process and stands in its output. */
    public static void main(String[] arguments) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            for (String setting : List.of(arguments).subList(1, arguments.length)) {
                String[] parts = setting.split("=", 2);
                if (parts[1].contains(",")) {
                    settings.putList(parts[0], parts[1].split(","));
                } else {
                    settings.put(parts[0], parts[1]);
                }
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
        runner.setMaxHttpPort(-1);  // the port is chosen by whoever starts it
        try {
            runner.build("-basePath", arguments[0], "-numOfNode", "1", "-indexStoreType", "niofs");
        } catch (RuntimeException error) {
            error.printStackTrace();
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static void close(OpenSearchRunner runner) {
        try {
            runner.close();
        } catch (Exception error) {
            error.printStackTrace();
        }
    }
}
