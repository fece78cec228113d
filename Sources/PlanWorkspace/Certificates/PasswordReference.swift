package import CertificateSources
import PlanText
import Secrets
package import WorkingTree

/// Where a password is to be had, as `--password` takes it.
///
/// A file's name that was typed appears in no message: it might be the password. So might what no variable can
/// be called.
package enum PasswordReference: Sendable {
  case environment(String)
  case file(String)

  /// - Throws: ``WorkspaceError`` that does not repeat the text.
  package init(_ text: String) throws(WorkspaceError) {
    if text.hasPrefix("env:"), text.utf8.count > 4 {
      self = .environment(String(text.dropFirst(4)))
    } else if text.hasPrefix("file:"), text.utf8.count > 5 {
      self = .file(String(text.dropFirst(5)))
    } else {
      throw WorkspaceError(
        .arguments,
        "--password takes `env:NAME` or `file:PATH`. Do not put the password itself on the command "
          + "line, where every user of the machine can read it.")
    }
  }

  /// The password: a variable's value or a file's content, without the line end that a plan's would lose too.
  ///
  /// * `variable`: The value of a variable of the process; nil where it is not set.
  /// - Throws: ``WorkspaceError`` where it is not there.
  package func resolve(
    in folder: WorkingFolder, variable: (String) -> String?
  ) throws(WorkspaceError) -> Password {
    switch self {
    case .environment(let name):
      guard let value = variable(name) else {
        let variable =
          Self.isVariable(name)
          ? "The variable \(name), which --password names," : "The variable that --password names"
        throw WorkspaceError(.environment, "\(variable) is not set.")
      }
      return Self.password(Array(value.utf8))
    case .file(let path):
      let limit = 4_096
      let bytes: [UInt8]
      do throws(WorkspaceError) {
        bytes = try folder.read(path, limit: limit)
      } catch {
        throw error.kind == .arguments
          ? WorkspaceError(
            .arguments,
            "The file that --password names is a link that leads out of its repository. If that is "
              + "intended, add `--allow-outside FOLDER`.")
          : WorkspaceError(.environment, "The file that --password names cannot be read.")
      }
      guard bytes.count <= limit else {
        throw WorkspaceError(
          .environment, "The file that --password names is larger than any password.")
      }
      return Self.password(bytes)
    }
  }

  private static func password(_ content: [UInt8]) -> Password {
    Secret(content: content).reveal { Password($0) }
  }

  /// Whether a shell could set a variable of this name.
  private static func isVariable(_ name: String) -> Bool {
    name.first?.isNumber == false
      && name.utf8.allSatisfy { byte in
        switch byte {
        case "A"..."Z", "a"..."z",
          "0"..."9", "_":
          true
        default: false
        }
      }
  }
}
