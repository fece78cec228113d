import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird
import RotationEngine

extension ManagementAPI {
  /// Logging on and off, and who one is (`docs/SEPM.md`, "Logging on").
  func addIdentityRoutes(to routes: APIRoutes) {
    routes.post("identity/authenticate") { request, context in
      await answerAnybody(request, context) { call, state, sessions in
        let credentials = try call.json()
        guard let username = credentials["username"]?.string,
          let password = credentials["password"]?.string
        else { throw APIRefusal(.badRequest, "The user name or the password is missing.") }
        let domain = credentials["domain"]?.string ?? ""
        guard username == account.username, password == account.password,
          domain.isEmpty || domain == LabDomain.first.name
        else {
          sessions.refuse(at: position)
          throw APIRefusal(
            .unauthorized,
            "Authentication failed. Enter a valid user name, password and domain.")
        }
        let grant = sessions.open(username, at: position, in: state.estate, speed: state.speed)
        return .json { $0.userToken(grant, self, state, nameKey: nil) }
      }
    }
    routes.post("identity/logout") { request, context in
      await answerAnybody(request, context) { call, state, sessions in
        guard let token = call.token,
          sessions.session(token, at: position, in: state.estate) != nil
        else {
          throw APIRefusal(
            oauth: "unauthorized", "Full authentication is required to access this resource")
        }
        sessions.close(token)
        return .empty(.noContent)
      }
    }
    routes.get("sessions/currentuser") { request, context in
      await answerAnybody(request, context) { call, state, sessions in
        guard let token = call.token,
          let session = sessions.session(token, at: position, in: state.estate)
        else { throw APIRefusal(oauth: "invalid_token", "Invalid access token") }
        let grant = Sessions.Grant(token: token, session: session)
        return .json { $0.userToken(grant, self, state, nameKey: "fullname") }
      }
    }
  }

  /// OAuth's way to another token.
  func addTokenRoutes(to routes: APIRoutes) {
    routes.post("token") { request, context in
      await answerAnybody(request, context) { call, state, sessions in
        guard call.query["grant_type"] == "refresh_token" else {
          throw APIRefusal(
            oauth: "unsupported_grant_type", "Unsupported grant type", .badRequest)
        }
        let token = call.query["refresh_token"] ?? ""
        guard
          let grant = sessions.refresh(token, at: position, in: state.estate, speed: state.speed)
        else {
          throw APIRefusal(oauth: "invalid_grant", "Invalid refresh token: \(token)", .badRequest)
        }
        return .json { writer in
          writer.object { writer in
            writer.member("access_token", grant.token)
            writer.member("token_type", "bearer")
            writer.member("refresh_token", grant.session.refreshToken)
            writer.member("expires_in", Sessions.tokenLife)
            writer.member("tokenExpiration", Sessions.tokenLife)
            writer.member("scope", "read write")
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// A `UserToken`; the description's name of the full name differs from the one that is seen.
  fileprivate mutating func userToken(
    _ grant: Sessions.Grant, _ api: ManagementAPI, _ state: LabState, nameKey: String?
  ) {
    let now = state.estate.now
    object { writer in
      writer.member("clientId", state.estate.identity(ofClient: api.position.site, use: 700))
      writer.member("clientSecret", state.estate.identity(ofClient: api.position.site, use: 701))
      writer.member("username", grant.session.username)
      if let nameKey { writer.member(nameKey, grant.session.username) }
      writer.member("domain", LabDomain.first.name)
      writer.member("domainid", LabDomain.first.id(in: state.estate))
      writer.member("token", grant.token)
      writer.member(
        "tokenExpiration", (grant.session.tokenEnd - now).wholeMilliseconds / 1_000)
      writer.member("refreshToken", grant.session.refreshToken)
      writer.member(
        "refreshTokenExpiration", (grant.session.refreshEnd - now).wholeMilliseconds / 1_000)
      writer.key("role")
      writer.object { writer in
        writer.member("title", "sysadmin")
        writer.member("bitMask", 8)
      }
      writer.member("adminId", state.estate.administratorID)
      writer.key("permissionSet")
      writer.object { writer in
        for right in [
          "reportingRights", "groupRights", "siteRights", "remoteCommandRights", "policyRights",
        ] {
          writer.member(right, true)
        }
      }
      writer.member("bannerTitle", orNull: String?.none)
      writer.member("bannerText", orNull: String?.none)
      writer.member("serverTime", state.serverTime(at: api.position.site))
    }
  }
}

extension SimulatedEstate {
  /// The id of the administrator, the same on every site.
  var administratorID: String { identity(ofClient: 0, use: 702) }
}

extension LabState {
  /// The time by a site's clock, in milliseconds since the epoch.
  func serverTime(at site: Int) -> Int64 {
    estate.now.milliseconds + estate.sites[site].clockSkew
  }
}
