package org.tandem.wiki.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.User;
import org.tandem.api.plugin.Health;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Archives;
import org.tandem.wiki.installation.Contribution;
import org.tandem.wiki.installation.EffectiveSetting;
import org.tandem.wiki.installation.HookTime;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.installation.RefusedArchive;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.SwitchedOff;
import org.tandem.wiki.installation.UnderWay;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** The plugins of the wiki, and what can be done with them, for administrators. */
@Path("admin/plugins")
@Produces(MediaType.APPLICATION_JSON)
public final class PluginsResource {

  private static final String PLUGINS = "/api/admin/plugins/";

  record Upload(@Nullable String upload, @Nullable String file) {}

  record UploadBody(String upload, int pieceBytes, int pieces) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ListBody(
      List<PluginBody> plugins, List<RefusedArchive> refused, @Nullable UnderWayBody underWay) {}

  record UnderWayBody(String plugin, String version, String step, String since, String sentence) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NodeBody(String node, boolean own, String state, @Nullable String reason) {}

  record SettingBody(String name, String variable, String meaning, String value, String source) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PluginBody(
      String id,
      String version,
      String state,
      String condition,
      String description,
      @Nullable String formerVersion,
      String changedAt,
      String changedBy,
      List<String> dependencies,
      List<NodeBody> nodes,
      List<Contribution> contributed,
      List<SettingBody> settings,
      List<Health> health,
      List<HookTime> hooks,
      List<SwitchedOff> off,
      @Nullable String notice) {}

  private final Gate gate;
  private final Installation installation;
  private final Archives archives;

  public PluginsResource(Gate gate, Installation installation, Archives archives) {
    this.gate = gate;
    this.installation = installation;
    this.archives = archives;
  }

  @GET
  public Response list(@Context HttpServletRequest request) {
    gate.admin(request);
    return fresh(
        new ListBody(
            installation.plugins().stream().map(one -> body(one, "")).toList(),
            installation.refusedArchives(),
            installation.underWay().map(PluginsResource::body).orElse(null)));
  }

  @GET
  @Path("{plugin}")
  public Response plugin(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    gate.admin(request);
    return fresh(body(known(id), ""));
  }

  /** A new upload: its pieces are put one by one, on any node, and then it is installed. */
  @POST
  @Path("uploads")
  public Response upload(@Context HttpServletRequest request) {
    gate.admin(request);
    String upload = archives.beginUpload();
    return Response.status(Response.Status.CREATED)
        .entity(Json.text(new UploadBody(upload, Archives.MOST_PIECE_BYTES, Archives.MOST_PIECES)))
        .header(HttpHeaders.LOCATION, PLUGINS + "uploads/" + upload)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @PUT
  @Path("uploads/{upload}/{number}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public Response piece(
      @Context HttpServletRequest request,
      @PathParam("upload") String upload,
      @PathParam("number") String number,
      byte[] content) {
    gate.admin(request);
    if (!number.matches("\\d{1,4}") || Integer.parseInt(number) >= Archives.MOST_PIECES) {
      throw new Refusal(
          422,
          "Pieces are numbered from 0, and there are "
              + Archives.MOST_PIECES
              + " at the most: an archive is no larger.");
    } else if (content.length == 0) {
      throw new Refusal(422, "This piece is empty, and an empty file is no plugin archive.");
    } else if (content.length > Archives.MOST_PIECE_BYTES) {
      throw new Refusal(
          422, "A piece has 1 to " + Archives.MOST_PIECE_BYTES + " bytes: split the archive so.");
    }
    archives.add(uploadId(upload), Integer.parseInt(number), content);
    return Response.noContent().build();
  }

  @DELETE
  @Path("uploads/{upload}")
  public Response giveUp(@Context HttpServletRequest request, @PathParam("upload") String upload) {
    gate.admin(request);
    archives.drop(uploadId(upload));
    return Response.noContent().build();
  }

  /** Installs what was uploaded, or upgrades to it, and enables it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response install(@Context HttpServletRequest request, @Nullable Upload upload) {
    User admin = gate.admin(request);
    if (upload == null || upload.upload() == null) {
      throw new Refusal(422, "Say which upload is to be installed: {\"upload\": id}.");
    }
    UUID id = uploadId(upload.upload());
    ActOutcome outcome =
        installation.install(id, Objects.toString(upload.file(), ""), admin.name());
    if (outcome instanceof ActOutcome.Unknown) {
      throw new Refusal(
          404,
          archives.hasPieces(id)
              ? "Not all pieces of this upload are there: put those that are missing, or begin anew."
              : "Nothing was uploaded here, and an empty file is no plugin archive: put the pieces"
                  + " of one first.");
    }
    return done(outcome, Response.Status.CREATED);
  }

  @POST
  @Path("{plugin}/enable")
  public Response enable(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(installation.enable(id, admin.name()), Response.Status.OK);
  }

  @POST
  @Path("{plugin}/disable")
  public Response disable(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(installation.disable(id, admin.name()), Response.Status.OK);
  }

  @POST
  @Path("{plugin}/roll-back")
  public Response rollBack(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(installation.rollBack(id, admin.name()), Response.Status.OK);
  }

  /** Removes it; its data stays. */
  @DELETE
  @Path("{plugin}")
  public Response remove(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(installation.remove(id, admin.name()), Response.Status.OK);
  }

  /** Deletes the data of a plugin that was removed, and forgets it. */
  @DELETE
  @Path("{plugin}/data")
  public Response deleteData(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    checked(installation.deleteData(id, admin.name()));
    return Response.noContent().build();
  }

  private Response done(ActOutcome outcome, Response.Status status) {
    ActOutcome.Done done = checked(outcome);
    String id = done.plugin();
    return Response.status(status)
        .entity(Json.text(body(known(id), done.notice())))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.LOCATION, PLUGINS + id)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static ActOutcome.Done checked(ActOutcome outcome) {
    if (outcome instanceof ActOutcome.Done done) {
      return done;
    } else if (outcome instanceof ActOutcome.Refused refused) {
      throw new Refusal(422, refused.reason());
    } else if (outcome instanceof ActOutcome.Busy busy) {
      throw new Refusal(409, busy.reason());
    }
    throw unknown();
  }

  private InstalledPlugin known(String id) {
    return installation.plugin(id).orElseThrow(PluginsResource::unknown);
  }

  private static Refusal unknown() {
    return new Refusal(404, "There is no such plugin: the list of plugins says what there is.");
  }

  private static UUID uploadId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw new Refusal(404, "There is no such upload: begin one.");
    }
  }

  private static Response fresh(Object body) {
    return Replies.fresh(Json.text(body), MediaType.APPLICATION_JSON);
  }

  /**
   * @param notice what there is to say of what was done with it; empty for nothing
   */
  private static PluginBody body(InstalledPlugin plugin, String notice) {
    return new PluginBody(
        plugin.id(),
        plugin.version(),
        plugin.wanted().state().word(),
        word(plugin.condition()),
        plugin.description(),
        plugin.wanted().former().map(StoredArchive::version).orElse(null),
        plugin.wanted().changedAt().toString(),
        plugin.wanted().changedBy(),
        plugin.dependencies(),
        plugin.nodes().stream().map(PluginsResource::body).toList(),
        plugin.contributed(),
        plugin.settings().stream().map(PluginsResource::body).toList(),
        plugin.health(),
        plugin.hooks(),
        plugin.off(),
        notice.isEmpty() ? null : notice);
  }

  private static UnderWayBody body(UnderWay now) {
    return new UnderWayBody(
        now.plugin(), now.version(), word(now.step()), now.since().toString(), now.sentence());
  }

  private static NodeBody body(InstalledPlugin.OnNode node) {
    return new NodeBody(
        node.name(),
        node.own(),
        node.plugin().map(one -> word(one.state())).orElse("unknown"),
        node.plugin().map(one -> one.reason()).filter(reason -> !reason.isEmpty()).orElse(null));
  }

  private static SettingBody body(EffectiveSetting setting) {
    return new SettingBody(
        setting.name(),
        setting.variable(),
        setting.meaning(),
        setting.value(),
        word(setting.source()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
