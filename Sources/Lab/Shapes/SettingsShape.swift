import CanonicalJSON
import Estate
import HTTPTypes

/// The settings of a location, of which a rotation needs a few (`docs/SEPM.md`, "Settings").
enum SettingsShape {
  /// The names of the management server lists that a location has one of.
  static let listWithHTTPS = "Default Management Server List"
  static let listWithHTTP = "Copy of Default Management Server List"

  /// What a patch asks for of verification; nil where it does not mention it.
  ///
  /// - Throws: ``APIRefusal`` where it is no patch of settings.
  static func verification(in patch: JSONValue) throws(APIRefusal) -> Bool? {
    guard let configuration = patch["configuration"], configuration.object != nil else {
      throw APIRefusal(.badRequest, "The request body is invalid: configuration is missing.")
    }
    let security = configuration["general_settings"]?["security_settings"]
    guard let wanted = security?["secure_communications"] else { return nil }
    guard let isOn = wanted.bool else {
      throw APIRefusal(.badRequest, "The request body is invalid: secure_communications.")
    }
    return isOn
  }
}

extension JSONWriter {
  /// The document of a location.
  mutating func settings(
    _ location: SimulatedSite.Location, downloadsProfile: Bool, heartbeat: Int64
  ) {
    object { writer in
      writer.key("configuration")
      writer.object { writer in
        writer.key("communication_settings")
        writer.communicationSettings(
          location, downloadsProfile: downloadsProfile, heartbeat: heartbeat)
        writer.key("general_settings")
        writer.generalSettings(location)
        writer.key("password_protection")
        writer.object { writer in
          writer.member("password", orNull: String?.none)
          for name in ["user_interface", "service", "installation", "policy"] {
            writer.member(name, false)
          }
        }
        writer.key("client_log")
        writer.object { writer in
          writer.member("max_upload", 100)
          for name in ["system", "security", "traffic", "packet", "control"] {
            writer.member("\(name)_upload", name != "packet")
            writer.member("\(name)_maxsize", 512)
            writer.member("\(name)_TTL", 14)
          }
        }
        writer.key("live_update_content_settings")
        writer.object { $0.member("description", "") }
        writer.key("external_communication_settings")
        writer.object { writer in
          for name in ["lowbandwidth", "privatecloud", "proxy", "mac_proxy", "telemetry"] {
            writer.key(name)
            writer.null()
          }
          writer.member("insight", true)
        }
      }
      writer.key("lockedoptions")
      writer.object { _ in }
    }
  }

  private mutating func communicationSettings(
    _ location: SimulatedSite.Location, downloadsProfile: Bool, heartbeat: Int64
  ) {
    object { writer in
      writer.member("mode", "PULL")
      writer.member("pull_mode_heartbeat_freq_in_seconds", heartbeat)
      writer.member("upload_op_state_heartbeat_freq_in_seconds", heartbeat)
      writer.member("upload_log_heartbeat_freq_in_seconds", heartbeat)
      writer.member("upload_cmd_state_heartbeat_freq_in_seconds", heartbeat)
      writer.key("sem_server")
      writer.object { writer in
        writer.member(
          "name",
          location.usesHTTPS ? SettingsShape.listWithHTTPS : SettingsShape.listWithHTTP)
        writer.member("description", "")
      }
      writer.member("app_upload", false)
      writer.member("connect_to_server", true)
      writer.member("download_profile", downloadsProfile)
      writer.member("randomization_enabled", true)
      writer.member("randomization_frequency", 10)
      writer.member("randomization_range", 300)
      writer.member("remember_current_group", true)
      writer.member("remember_current_policy_mode", true)
      writer.member("allow_client_upload_critical_event_immediately", true)
    }
  }

  private mutating func generalSettings(_ location: SimulatedSite.Location) {
    object { writer in
      writer.key("restart")
      writer.object { writer in
        writer.member("method", "PROMPT")
        writer.member("hard_restart", false)
      }
      writer.key("security_settings")
      writer.object { writer in
        writer.member("stopped_mode", "ALLOW")
        writer.member("secure_communications", location.verifies)
      }
      writer.key("tamper_protection")
      writer.object { writer in
        writer.member("enabled", true)
        // The quotes are SEPM's own.
        writer.member("action", "\"BLOCK\"")
        writer.member("log_action", "\"LOG\"")
      }
    }
  }
}
