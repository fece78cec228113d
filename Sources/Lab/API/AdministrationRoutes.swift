import CanonicalJSON
import Estate
import Hummingbird
import PlanModel

extension ManagementAPI {
  /// Servers, database, administrators, enrolment, group update providers.
  func addAdministrationRoutes(to routes: APIRoutes) {
    routes.get("admin/servers") { request, context in
      await answer(request, context) { _, state in
        .json { writer in
          writer.array { writer in
            for server in state.estate.sites[position.site].servers.indices {
              writer.object { writer in
                writer.member("id", state.estate.serverID(server, at: position.site))
                writer.key("directory_server_integration")
                writer.object { $0.member("enable", false) }
              }
            }
          }
        }
      }
    }
    routes.get("admin/database") { request, context in
      await answer(request, context) { _, state in .json { $0.value(database(state)) } }
    }
    routes.get("admin/password-settings") { request, context in
      await answer(request, context) { _, _ in
        .json(.object([.init("allowNeverExpiresPasswords", .bool(true))]))
      }
    }
    routes.get("admin-users") { request, context in
      await answer(request, context) { _, state in .json(.array([administrator(state)])) }
    }
    routes.get("admin-users/:id") { request, context in
      await answer(request, context) { call, state in
        guard call.path["id"] == state.estate.administratorID else {
          throw APIRefusal.gone("The administrator \(call.path["id"] ?? "")")
        }
        return .json(administrator(state))
      }
    }
    routes.get("gup/status") { request, context in
      await answer(request, context) { _, _ in .json(.array([])) }
    }
    routes.get("cloud/epmp/isEnrolled") { request, context in
      await answer(request, context) { _, _ in .json(.bool(false)) }
    }
  }

  private func database(_ state: LabState) -> JSONValue {
    let site = state.estate.sites[position.site]
    let isExpress = site.database == .sqlExpress
    let isEmbedded = site.database == .embedded
    let address = site.servers.first?.name ?? ""
    return .object([
      .init("name", .string("sem5")),
      .init("description", .string("")),
      .init("address", .string(address)),
      .init("instanceName", .string(isExpress ? "SQLEXPRESSSYMC" : "")),
      .init("port", .integer(isEmbedded ? 2_638 : 1_433)),
      .init("type", .string(isEmbedded ? "Embedded" : "Microsoft SQL Server")),
      .init("version", .string(isEmbedded ? "16.0.0" : "15.00.2000")),
      .init("installedBySepm", .bool(isExpress)),
      .init("database", .string("sem5")),
      .init("dbUser", .string("sem5")),
      .init("dbPasswords", .array([])),
      .init(
        "dbTLSRootCertificate",
        isExpress
          ? .string(certificates.databaseCertificate(isRenewed: site.isDatabaseCertificateNew))
          : .null),
    ])
  }

  private func administrator(_ state: LabState) -> JSONValue {
    let now = state.serverTime(at: position.site)
    return .object([
      .init("id", .string(state.estate.administratorID)),
      .init("loginName", .string(account.username)),
      .init("fullName", .string(account.username)),
      .init("email", .string("\(account.username)@example.net")),
      .init("companyName", .string("My Company")),
      .init("adminType", .integer(1)),
      .init("authenticationMethod", .integer(0)),
      .init("enabled", .bool(true)),
      .init("onlineStatus", .bool(true)),
      .init("lockStatus", .bool(false)),
      .init("lockAccount", .bool(true)),
      .init("lockTimeThreshold", .integer(15)),
      .init("attemptThreshold", .string("5")),
      .init("failedLoginCount", .integer(0)),
      .init("notifyAdminOfLockedState", .bool(true)),
      .init("creationTime", .integer(state.estate.installedAt)),
      .init("lastLoginTime", .integer(now)),
      .init("lastLogonIP", .string("127.0.0.1")),
      .init("lastPasswordChanged", .integer(state.estate.installedAt)),
      .init("passwordExpiresIn", .integer(0)),
    ])
  }
}
