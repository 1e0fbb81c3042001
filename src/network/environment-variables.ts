/**
 * The variables of an environment, as `process.env` has them. `NodeJS.ProcessEnv` would make the declarations of this
 * package need the types of Node.
 */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;
