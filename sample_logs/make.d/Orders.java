import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * An order-processing service of the shop. It reads orders from PostgreSQL, asks the web tier for
 * prices, keeps sessions in memory and writes reports; every failure in its log has really been
 * thrown.
 *
 * <p>Usage: java Orders SECONDS LOGFILE
 */
public final class Orders {
  private static final Logger LOG = Logger.getLogger("shop.orders.Main");
  private static final Random RANDOM = new Random();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();

  static final class OrderException extends Exception {
    OrderException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  record Line(String slug, int quantity, double price) {}

  record Order(int id, String customer, List<Line> lines) {
    double total() {
      return lines.stream().mapToDouble(l -> l.quantity() * l.price()).sum();
    }
  }

  /** One record a line, log4j style, with the stack trace after it. */
  static final class LineFormatter extends Formatter {
    private final java.util.logging.SimpleFormatter traces =
        new java.util.logging.SimpleFormatter();

    @Override
    public String format(LogRecord r) {
      Thread t = Thread.currentThread();
      StringBuilder b = new StringBuilder(160);
      java.time.ZonedDateTime z = r.getInstant().atZone(java.time.ZoneOffset.UTC);
      b.append(String.format("%tF %tT,%tL %-7s [%s] %s - %s%n", z, z, z, r.getLevel(), t.getName(),
          r.getLoggerName(), formatMessage(r)));
      if (r.getThrown() != null) {
        java.io.StringWriter w = new java.io.StringWriter();
        r.getThrown().printStackTrace(new java.io.PrintWriter(w));
        b.append(w);
      }
      return b.toString();
    }
  }

  /** Orders from the database. */
  static final class Store implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("shop.orders.Store");
    private final Connection db;

    Store() throws SQLException {
      db = DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1/shop?ApplicationName=orders-java", "shop", "secret");
    }

    Order load(int id) throws SQLException, OrderException {
      long t0 = System.nanoTime();
      try (
          PreparedStatement s = db.prepareStatement(
              "SELECT o.customer, p.slug, l.quantity, l.price FROM orders o JOIN order_lines l ON l.order_id = o.id "
              + "JOIN products p ON p.id = l.product_id WHERE o.id = ?")) {
        s.setInt(1, id);
        ResultSet r = s.executeQuery();
        String customer = null;
        List<Line> lines = new ArrayList<>();
        while (r.next()) {
          customer = r.getString(1);
          lines.add(new Line(r.getString(2), r.getInt(3), r.getDouble(4)));
        }
        if (lines.isEmpty())
          throw new OrderException("order " + id + " has no lines", null);
        LOG.log(Level.FINE, "loaded order {0} of {1}: {2} lines in {3} us",
            new Object[] {
                String.valueOf(id), customer, lines.size(), (System.nanoTime() - t0) / 1000});
        return new Order(id, customer, lines);
      }
    }

    void audit(int id, String what) throws SQLException {
      String table =
          RANDOM.nextInt(6) == 0 ? "audit_archive" : "audit"; // the archive table was dropped
      try (PreparedStatement s = db.prepareStatement(
               "INSERT INTO " + table + " (order_id, event, at) VALUES (?, ?, now())")) {
        s.setInt(1, id);
        s.setString(2, what);
        s.executeUpdate();
      }
    }

    void recount(String slug, String quantity) throws SQLException {
      try (PreparedStatement s =
               db.prepareStatement("UPDATE products SET stock = stock + ?::int WHERE slug = ?")) {
        s.setString(1, quantity);
        s.setString(2, slug);
        s.executeUpdate();
      }
    }

    @Override
    public void close() throws SQLException {
      db.close();
    }
  }

  /** Prices and stock from the web tier. */
  static final class Prices {
    private static final Logger LOG = Logger.getLogger("shop.prices.Client");
    private static final String[] HOSTS = {"www.example.net", "www.example.net", "www.example.net",
        "www.example.net", "www.example.net", "www.example.net", "api.example.net:8000",
        "www.example.net", "www.example.net", "www.example.net", "www.example.net",
        "api.example.net:8000", "shop.example.net:8082", "down.example.net:9"};

    static double current(String slug) throws OrderException {
      String host = HOSTS[RANDOM.nextInt(HOSTS.length)];
      boolean slow = RANDOM.nextInt(25) == 0;
      URI uri = URI.create("http://" + host
          + (slow ? "/api/v1/reports/slow"
                  : "/api/v1/products/" + slug + (RANDOM.nextInt(14) == 0 ? "-xl" : "")));
      try {
        HttpResponse<String> r =
            HTTP.send(HttpRequest.newBuilder(uri)
                          .timeout(Duration.ofMillis(900))
                          .header("User-Agent", "orders/3.1 Java/" + Runtime.version().feature())
                          .build(),
                HttpResponse.BodyHandlers.ofString());
        LOG.fine(() -> "GET " + uri + " -> " + r.statusCode() + " " + r.body().length() + " bytes");
        if (r.statusCode() != 200)
          throw new IOException("HTTP " + r.statusCode() + " from " + uri.getHost());
        String body = r.body();
        int at = body.indexOf("\"price\": ") + 9;
        return Double.parseDouble(body.substring(at, body.indexOf(',', at)));
      } catch (ConnectException e) {
        throw new OrderException("price service " + uri.getAuthority() + " is down", e);
      } catch (IOException e) {
        throw new OrderException("no price for " + slug, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OrderException("interrupted", e);
      }
    }
  }

  /** Sessions and baskets in memory: what the garbage collector lives on. */
  static final class Sessions {
    private static final Logger LOG = Logger.getLogger("shop.session.Registry");
    private final Map<String, Deque<byte[]>> live = new ConcurrentHashMap<>();
    private final List<String> order = new ArrayList<>(); // not synchronized: a real race

    void touch() {
      String id = Long.toHexString(RANDOM.nextLong() & 0xffffffffffL);
      Deque<byte[]> pages = live.computeIfAbsent(id, k -> new ArrayDeque<>());
      for (int i = RANDOM.nextInt(40); i >= 0; i--)
        pages.add(new byte[512 + RANDOM.nextInt(RANDOM.nextInt(60) == 0 ? 60000 : 5000)]);
      order.add(id);
      if (order.size() > 5000)
        order.clear();
      if (live.size() > 330)
        expire();
    }

    void expire() {
      int before = live.size();
      long bytes = 0;
      for (Iterator<Map.Entry<String, Deque<byte[]>>> it = live.entrySet().iterator();
           it.hasNext() && live.size() > 150;) {
        for (byte[] b : it.next().getValue()) bytes += b.length;
        it.remove();
      }
      LOG.info("expired " + (before - live.size()) + " sessions, " + bytes / 1024 + " KiB, "
          + live.size() + " stay");
    }

    int newest() {
      int n = 0;
      for (String id : order)
        n += live.containsKey(id) ? 1 : 0; // may meet a writer: ConcurrentModificationException
      return n;
    }
  }

  private final ExecutorService pool;
  private final Sessions sessions = new Sessions();
  private final ThreadLocal<Store> mine = new ThreadLocal<>();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Object left = new Object();
  private final java.util.concurrent.locks.ReentrantLock ledger =
      new java.util.concurrent.locks.ReentrantLock();

  Orders() {
    AtomicInteger n = new AtomicInteger();
    pool = Executors.newFixedThreadPool(5, r -> new Thread(r, "order-" + n.incrementAndGet()));
  }

  private void process(int id) throws OrderException {
    Logger log = Logger.getLogger("shop.orders.Processor");
    try {
      Store store = mine.get();
      if (store == null || RANDOM.nextInt(12) == 0) {
        if (store != null)
          store.close();
        mine.set(store = new Store());
      }
      Order order = store.load(id);
      for (Line line : order.lines()) {
        double now = Prices.current(line.slug());
        if (Math.abs(now - line.price()) > 0.005) {
          log.warning(String.format("order %d: price of %s changed from %.2f to %.2f", id,
              line.slug(), line.price(), now));
        }
      }
      store.audit(id, "checked");
      if (RANDOM.nextInt(9) == 0)
        store.recount(order.lines().get(0).slug(), RANDOM.nextBoolean() ? "-900" : "twelve");
      log.info(String.format("order %d of %s checked: %d lines, %.2f EUR", id, order.customer(),
          order.lines().size(), order.total()));
    } catch (SQLException e) {
      throw new OrderException("order " + id + ": database said " + e.getSQLState(), e);
    }
  }

  private static final String[] FEED = {"17;amber-oak-mug;3", "18;birch-rope-jar;x3", "19;copper",
      "20;;4", "21;elm-fog-mat;99999999999", "22;iron-lamp;7"};

  private int importFeed() {
    Map<String, Integer> stock = new HashMap<>();
    int n = 0;
    for (int i = 0; i < 3; i++) {
      String[] f = FEED[RANDOM.nextInt(FEED.length)].split(";");
      stock.merge(f[1].isEmpty() ? null : f[1], Integer.parseInt(f[2]), Integer::sum);
      n++;
    }
    return n / (RANDOM.nextInt(4) == 0 ? stock.size() - n : stock.size());
  }

  private void writeReport(LocalDate day) {
    Path p =
        Path.of(RANDOM.nextBoolean() ? "/srv/reports" : "/srv/missing", "orders-" + day + ".csv");
    try {
      Files.writeString(p, "order;total\n" + done.get() + ";" + failed.get() + "\n");
      Logger.getLogger("shop.report.Writer").info("wrote " + p + " (" + Files.size(p) + " bytes)");
    } catch (IOException e) {
      throw new UncheckedIOException("report for " + day, e);
    }
  }

  private int nested(Object o) {
    return o instanceof List<?> l ? 1 + nested(l.get(0)) : 0;
  }

  private void cycle() {
    List<Object> a = new ArrayList<>();
    a.add(RANDOM.nextInt(3) == 0 ? a : List.of("leaf"));
    LOG.fine("category depth " + nested(a));
  }

  private void settle() throws InterruptedException {
    if (!ledger.tryLock(150, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("ledger is locked by " + ledger + " for more than 150 ms");
    }
    try {
      Thread.sleep(RANDOM.nextInt(260));
      Logger.getLogger("shop.ledger")
          .config(
              "settled " + done.get() + " orders, balance " + RANDOM.nextInt(1_000_000) / 100.0);
    } finally {
      ledger.unlock();
    }
  }

  private void step() {
    int k = RANDOM.nextInt(40);
    Logger log = Logger.getLogger("shop.orders.Scheduler");
    int id = 1 + RANDOM.nextInt(1200);
    try {
      if (k < 26) {
        process(id);
      } else if (k < 29) {
        Future<Integer> f = pool.submit(this::importFeed);
        log.info("feed imported, mean " + f.get(200, TimeUnit.MILLISECONDS));
      } else if (k < 31) {
        writeReport(LocalDate.now().minusDays(RANDOM.nextInt(30)));
      } else if (k < 33) {
        cycle();
      } else if (k < 36) {
        settle();
      } else if (k < 38) {
        log.fine("live sessions: " + sessions.newest());
      } else {
        Object[] rows = RANDOM.nextBoolean() ? new String[2] : new Object[3];
        rows[RANDOM.nextInt(4)] = RANDOM.nextInt(3) == 0 ? (Object) Integer.valueOf(id) : "row";
        log.finer("row buffer " + rows.length + ", first " + ((String) rows[0]).strip());
      }
      done.incrementAndGet();
    } catch (OrderException e) {
      failed.incrementAndGet();
      if (e.getCause() == null)
        log.log(Level.WARNING, e.getMessage());
      else
        log.log(Level.SEVERE, "order " + id + " failed", e);
    } catch (ExecutionException | TimeoutException e) {
      failed.incrementAndGet();
      log.log(Level.SEVERE, "feed import failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | StackOverflowError e) {
      failed.incrementAndGet();
      log.log(Level.SEVERE, "unexpected " + e.getClass().getSimpleName() + " in step " + k, e);
    }
  }

  public static void main(String[] args) throws Exception {
    FileHandler file = new FileHandler(args[1], true);
    file.setFormatter(new LineFormatter());
    Logger root = Logger.getLogger("shop");
    root.setUseParentHandlers(false);
    root.setLevel(Level.ALL);
    root.addHandler(file);
    long seconds = Long.parseLong(args[0]);
    Instant end = Instant.now().plusSeconds(seconds);
    LOG.config("orders 3.1 on Java " + Runtime.version() + ", "
        + Runtime.getRuntime().availableProcessors() + " CPUs, heap "
        + Runtime.getRuntime().maxMemory() / 1048576 + " MiB");
    Orders orders = new Orders();
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(2, r -> new Thread(r, "timer"));
    timer.scheduleAtFixedRate(
        orders.sessions::touch, 100, 1000 * seconds / 2800, TimeUnit.MILLISECONDS);
    timer.scheduleAtFixedRate(
        ()
            -> LOG.info(String.format("orders done %d, failed %d, heap %d MiB used, %d threads",
                orders.done.get(), orders.failed.get(),
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1048576,
                Thread.activeCount())),
        seconds / 40, seconds / 40 + 1, TimeUnit.SECONDS);
    while (Instant.now().isBefore(end)) {
      Thread.sleep(
          (long) Math.min(9000, -Math.log(1 - RANDOM.nextDouble()) * 1500 * seconds / 420));
      orders.pool.execute(orders::step);
    }
    timer.shutdownNow();
    orders.pool.shutdown();
    if (!orders.pool.awaitTermination(5, TimeUnit.SECONDS))
      LOG.severe("pool did not stop: " + orders.pool);
    LOG.info("stopped");
  }
}
