export type BackupJob = {
  readonly folder: string;
  readonly since?: number;
  readonly takenAt: number;
  readonly program: string;
};
