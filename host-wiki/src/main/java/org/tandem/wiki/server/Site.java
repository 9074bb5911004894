package org.tandem.wiki.server;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import javax.sql.DataSource;
import org.glassfish.jersey.server.ResourceConfig;
import org.tandem.wiki.metrics.WikiMetrics;
import org.tandem.wiki.view.frame.WebManifest;

/**
 * What the server serves, from the most specific address to the least.
 *
 * @param https whether browsers reach the wiki by https alone
 * @param guard every request passes it first
 * @param pluginRoutes {@code /api/<prefix>/*} of plugins
 * @param pluginAssets {@code /plugins/*}
 * @param auth {@code /api/auth/*}
 * @param rest {@code /api/*}
 * @param html everything else
 */
public record Site(
    boolean https,
    Filter guard,
    Filter pluginRoutes,
    HttpServlet pluginAssets,
    HttpServlet auth,
    ResourceConfig rest,
    ResourceConfig html,
    DataSource pool,
    WikiMetrics metrics,
    WebManifest web) {}
