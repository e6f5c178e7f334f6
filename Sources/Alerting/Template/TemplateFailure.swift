/// Why a template could not be filled in.
struct TemplateFailure: Error {
    let message: String
}
